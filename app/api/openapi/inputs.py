"""The schemas of what may be sent: closed, while those of answers are open."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.records.models import RECORD_MODELS, WITHDRAWALS, WithdrawalRecord
from app.records.models.patches import PATCH_MODELS

_REF = "#/components/schemas/{model}"
_COLLECTIONS = {
    **{kind.collection: model.__name__ for kind, model in RECORD_MODELS.items()},
    WITHDRAWALS: WithdrawalRecord.__name__,
}
# No model is behind it: what is sent is read record by record.
_RECORDS: dict[str, Any] = {
    "type": "object",
    "description": "Records by kind, as files have them.",
    "properties": {
        name: {"type": "array", "items": {"$ref": _REF.format(model=model)}, "default": []}
        for name, model in _COLLECTIONS.items()
    },
    "additionalProperties": False,
}


def input_schemas(answered: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas of records and patches and of their parts, but for words that answers have too.

    A shape that records share with documents is `LanguageMapRecord` here: as a part of a record it
    refuses keys that it does not know, as a part of an answer it may gain keys.
    """
    models: list[type[BaseModel]] = [
        *RECORD_MODELS.values(),
        *PATCH_MODELS.values(),
        WithdrawalRecord,
    ]
    _, schema = models_json_schema([(m, "validation") for m in models], ref_template=_REF)
    text = json.dumps(schema["$defs"])
    shared = [
        name
        for name, part in schema["$defs"].items()
        if name in answered and part["type"] == "object"
    ]
    for name in shared:
        ref = _REF.format(model=name)
        text = text.replace(f'"{ref}"', f'"{ref}Record"')
    parts: dict[str, Any] = json.loads(text)
    named = {f"{name}Record" if name in shared else name: part for name, part in parts.items()}
    return {**named, "Records": _RECORDS}

"""The schemas of request bodies: closed, while the schemas of answers are open."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.api.openapi.walk import Node
from app.records.models import RECORD_MODELS, WITHDRAWALS, WithdrawalRecord
from app.records.models.draft_request import DraftRequest
from app.records.models.patches import PATCH_MODELS

_REF = "#/components/schemas/{model}"
_MODEL_NAMES = {
    **{kind.collection: model.__name__ for kind, model in RECORD_MODELS.items()},
    WITHDRAWALS: WithdrawalRecord.__name__,
}
# Written by hand, because no model holds a whole body: the server parses it record by record.
_RECORDS: Node = {
    "type": "object",
    "description": "Records by kind, in the same shape as in files.",
    "properties": {
        name: {"type": "array", "items": {"$ref": _REF.format(model=model)}, "default": []}
        for name, model in _MODEL_NAMES.items()
    }
    | {
        "articles": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Texts of articles by their names, in which quotes are found and selectors "
            "proved. They are never stored.",
        }
    },
    "additionalProperties": False,
}


def input_schemas(answered: Mapping[str, Any]) -> Node:
    """Return the schemas of records, patches and requests with all their parts; enums stay shared with answers.

    An object that answers also have gets a second schema, such as `LanguageMapRecord`: in a record it
    refuses unknown keys, in an answer it may gain keys.
    """
    models: list[type[BaseModel]] = [
        *RECORD_MODELS.values(),
        *PATCH_MODELS.values(),
        WithdrawalRecord,
        DraftRequest,
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
    parts: Node = json.loads(text)
    named = {f"{name}Record" if name in shared else name: part for name, part in parts.items()}
    return {**named, "Records": _RECORDS}

"""Patches of records (JSON Merge Patch, RFC 7396)."""

from typing import Annotated, Any, get_args

from pydantic import MISSING, BaseModel, Field, create_model
from pydantic.fields import FieldInfo

from app.domain.values import LanguageMap, OptionalLanguageMap
from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS
from app.records.models.base import Identifier, Identifiers, RecordPart, Scheme


def merge_patch(value: object, patch: object) -> object:
    """Return the patched value: null removes a key, mappings merge, other values replace."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(value) if isinstance(value, dict) else {}
    for name, change in patch.items():
        if change is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), change)
    return merged


def _patch_of(model: type[BaseModel], name: str) -> type[RecordPart]:
    """Return the model of a patch: every field may be absent, and optional fields may be null."""
    fields: dict[str, Any] = {
        key: (_patched(field), Field(default=MISSING, alias=field.alias))
        for key, field in model.model_fields.items()
    }
    doc = (
        f"The fields of `{model.__name__}` to change. Absent fields stay as they are; null removes "
        "a value."
    )
    return create_model(name, __base__=RecordPart, __doc__=doc, **fields)


def _patched(field: FieldInfo) -> Any:
    """Return the type of the field in a patch."""
    value: Any = field.annotation
    if value in _LANGUAGE_MAPS:
        value = _LANGUAGE_MAPS[value]
    elif value == get_args(Identifiers)[0]:
        # Null removes an identifier. A patch may hold removals and additions, so it has twice the
        # record's limit; the patched record is checked against its own.
        value = Annotated[dict[Scheme, Identifier | None], Field(max_length=200)]
    elif field.metadata:
        # A new FieldInfo, because the original has settings that a union does not accept.
        info = Field(description=field.description, examples=field.examples)
        value = Annotated[(value, *field.metadata, info)]
    return value | MISSING if field.is_required() else value | None | MISSING


# Language maps and identifiers are patched key by key; other values are replaced.
_LANGUAGE_MAPS: dict[object, Any] = {}
for _map in (LanguageMap, OptionalLanguageMap):
    _LANGUAGE_MAPS[_map] = _patch_of(_map, f"{_map.__name__}Patch")
_LANGUAGE_MAPS[LanguageMap | None] = _LANGUAGE_MAPS[LanguageMap] | None
PATCH_MODELS: dict[EntityKind, type[RecordPart]] = {
    kind: _patch_of(model, f"{kind.title()}Patch") for kind, model in RECORD_MODELS.items()
}

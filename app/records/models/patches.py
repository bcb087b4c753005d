"""Patches: what of a record is to be otherwise (JSON Merge Patch, RFC 7396)."""

from typing import Annotated, Any, get_args

from pydantic import MISSING, BaseModel, Field, create_model
from pydantic.fields import FieldInfo

from app.domain.values import LanguageMap
from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS
from app.records.models.base import Identifier, Identifiers, RecordPart, Scheme


def merge_patch(value: object, patch: object) -> object:
    """The value with the patch applied: null takes a key away, and what is no mapping goes in whole."""
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
    """The model with every field left out unless given, and null for those that need not be there."""
    fields: dict[str, Any] = {
        key: (_patched(field), MISSING) for key, field in model.model_fields.items()
    }
    doc = f"What is to be otherwise; null takes a value away. See `{model.__name__}`."
    return create_model(name, __base__=RecordPart, __doc__=doc, **fields)


def _patched(field: FieldInfo) -> Any:
    value: Any = field.annotation
    if value is LanguageMap:
        value = LanguageMapPatch
    elif value == get_args(Identifiers)[0]:
        # An identifier that goes is null; the number of them is told by the record.
        value = Annotated[dict[Scheme, Identifier | None], Field(max_length=200)]
    elif field.metadata:
        # Not the field's own, which has settings that a union does not take.
        described = Field(description=field.description, examples=field.examples)
        value = Annotated[(value, *field.metadata, described)]
    return value | MISSING if field.is_required() else value | None | MISSING


# What is patched within; other values go in whole.
LanguageMapPatch = _patch_of(LanguageMap, "LanguageMapPatch")
PATCH_MODELS: dict[EntityKind, type[RecordPart]] = {
    kind: _patch_of(model, f"{kind.title()}Patch") for kind, model in RECORD_MODELS.items()
}

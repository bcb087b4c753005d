"""The declarations of the fields of a model, for messages: names, models of parts, examples."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.domain.values import IdOf
from app.domain.vocabulary import EntityKind


def fields_of(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """Return the fields by the names that they have in files."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def model_in(annotation: object) -> type[BaseModel] | None:
    """Return the model of a value, or of the items of a list; None without one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(model_in, get_args(annotation))), None)


def example_at(model: type[BaseModel], place: Sequence[int | str]) -> str:
    """Return an example of the field at a place below the model; empty without one."""
    part: type[BaseModel] | None = model
    example = ""
    for step in place:
        field = fields_of(part).get(step) if part and isinstance(step, str) else None
        if field:
            example, part = example_of(field), model_in(field.annotation)
    return example


def kind_at(model: type[BaseModel], place: Sequence[int | str]) -> EntityKind | None:
    """Return the kind of the entities whose ids the field at a place below the model holds, if any."""
    part: type[BaseModel] | None = model
    kind: EntityKind | None = None
    for step in place:
        field = fields_of(part).get(step) if part and isinstance(step, str) else None
        if field:
            kind = _kind_in((*field.metadata, field.annotation))
            part = model_in(field.annotation)
    return kind


def _kind_in(marks: Sequence[object]) -> EntityKind | None:
    """Return the kind of ids in a type, or in the marks of one."""
    for mark in marks:
        if isinstance(mark, IdOf):
            return mark.kind
        if get_origin(mark) is Annotated:
            found = _kind_in((*mark.__metadata__, *get_args(mark)))  # type: ignore[attr-defined]
        else:
            found = _kind_in(get_args(mark))
        if found:
            return found
    return None


def example_of(field: FieldInfo) -> str:
    """Return the first example of a field, or of the items of its list; empty without one."""
    examples = field.examples or _examples_in(field.annotation)
    first = examples[0] if examples else ""
    return str(first[0] if isinstance(first, list) and first else first)


def _examples_in(annotation: object) -> Sequence[Any]:
    """Return the examples of a type; the last mark narrows the others."""
    marks = annotation.__metadata__ if get_origin(annotation) is Annotated else ()  # type: ignore[attr-defined]
    own = [found for mark in marks if (found := getattr(mark, "examples", None))]
    return own[-1] if own else next(filter(None, map(_examples_in, get_args(annotation))), ())

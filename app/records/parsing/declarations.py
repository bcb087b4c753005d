"""The declarations of the fields of a model, for messages: names, models of parts, examples."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo


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

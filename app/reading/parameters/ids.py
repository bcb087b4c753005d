"""The parameters of a model that take ids, with the kind of entity."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.domain.values import IdOf
from app.domain.vocabulary import EntityKind


@cache
def id_parameters(model: type[BaseModel]) -> Mapping[str, EntityKind]:
    """Return the parameters that take lists of ids, each with the kind of their entities."""
    return {
        name: mark.kind
        for name, field in model.model_fields.items()
        for mark in _marks(field.annotation)
    }


def kind_of(field: FieldInfo) -> EntityKind | None:
    """Return the kind of the entity whose id, or list of ids, the parameter takes; None for any other."""
    own = (mark for mark in field.metadata if isinstance(mark, IdOf))
    return next((mark.kind for mark in (*own, *_marks(field.annotation))), None)


def _marks(annotation: Any) -> Iterator[IdOf]:
    """Yield the marks of the items of a list."""
    if get_origin(annotation) is list:
        (item,) = get_args(annotation)
        if get_origin(item) is Annotated:
            yield from (mark for mark in item.__metadata__ if isinstance(mark, IdOf))

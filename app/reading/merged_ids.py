"""Merged ids in filters: replaced by the ids of the survivors."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel

from app.documents.tombstone import Survivors
from app.domain.values import IdOf
from app.domain.vocabulary import MERGEABLE, EntityKind

_Filters = TypeVar("_Filters", bound=BaseModel)


def mergeable_ids(filters: BaseModel) -> list[tuple[EntityKind, str]]:
    """Return each id in the filters that may be the id of a merged entity."""
    return [
        (kind, slug)
        for name, kind in _id_parameters(type(filters)).items()
        for slug in getattr(filters, name)
    ]


def with_survivors(filters: _Filters, survivors: Survivors) -> _Filters:
    """Return the filters with each merged id replaced by its survivor."""
    replaced = {
        name: [survivors.get((kind, slug), slug) for slug in getattr(filters, name)]
        for name, kind in _id_parameters(type(filters)).items()
    }
    return filters.model_copy(update=replaced)


@cache
def _id_parameters(model: type[BaseModel]) -> dict[str, EntityKind]:
    """Return the parameters that take ids of a kind whose entities merge, each with the kind."""
    return {
        name: mark.kind
        for name, field in model.model_fields.items()
        for mark in _marks(field.annotation)
        if mark.kind in MERGEABLE
    }


def _marks(annotation: Any) -> Iterator[IdOf]:
    """Yield the marks of the items of a list."""
    if get_origin(annotation) is list:
        (item,) = get_args(annotation)
        if get_origin(item) is Annotated:
            yield from (mark for mark in item.__metadata__ if isinstance(mark, IdOf))

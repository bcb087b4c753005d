"""Merged ids in filters: replaced by the ids of the survivors."""

from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel

from app.documents.tombstone import Survivors
from app.domain.vocabulary import MERGEABLE, EntityKind, KindAndSlug
from app.reading.parameters.ids import id_parameters

_Filters = TypeVar("_Filters", bound=BaseModel)


def mergeable_ids(filters: BaseModel) -> list[KindAndSlug]:
    """Return each id in the filters that may be the id of a merged entity."""
    return [(kind, slug) for name, kind in _mergeable(filters) for slug in getattr(filters, name)]


def with_survivors(filters: _Filters, survivors: Survivors) -> _Filters:
    """Return the filters with each merged id replaced by its survivor."""
    replaced = {
        name: [survivors.get((kind, slug), slug) for slug in getattr(filters, name)]
        for name, kind in _mergeable(filters)
    }
    return filters.model_copy(update=replaced)


def _mergeable(filters: BaseModel) -> Iterator[tuple[str, EntityKind]]:
    """Yield the parameters that take ids of a kind whose entities merge, each with the kind."""
    parameters = id_parameters(type(filters)).items()
    return ((name, kind) for name, kind in parameters if kind in MERGEABLE)

"""The normal form of filters, in which equal queries are equal texts."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from app.reading.parameters.events import EventFilters
from app.records.parsing.errors import explain_error

# The values of each parameter, in order.
Parameters = Mapping[str, Sequence[str]]


class FiltersError(ValueError):
    """These parameters choose no events; the text says which parameter is wrong."""


def canonical(filters: BaseModel) -> dict[str, list[str]]:
    """Return the filters as parameters: sorted, each value once, without the defaults."""
    chosen = filters.model_dump(mode="json", exclude_defaults=True)
    return {name: _texts(value) for name, value in sorted(chosen.items())}


def event_filters(parameters: Parameters) -> EventFilters:
    """Return the filters of events with these parameters. Raises FiltersError."""
    fields = EventFilters.model_fields
    for name, values in parameters.items():
        if name not in fields:
            raise FiltersError(f"{name!r} is no filter of events")
        if not values:
            raise FiltersError(f"{name!r} has no value")
        if not isinstance(fields[name].default, list) and len(values) > 1:
            raise FiltersError(f"{name!r} takes one value")
    given = {
        name: [*values] if isinstance(fields[name].default, list) else values[0]
        for name, values in parameters.items()
    }
    try:
        return EventFilters.model_validate(given)
    except ValidationError as invalid:
        first = invalid.errors()[0]
        raise FiltersError(
            f"{str(first['loc'][0])!r}: {explain_error(first, EventFilters)}"
        ) from None


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return sorted({*map(str, value)})
    return [str(value).lower()] if isinstance(value, bool) else [str(value)]

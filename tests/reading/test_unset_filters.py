"""A filter that is not set costs nothing: nothing is built for it."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel
from sqlalchemy import Select
from sqlalchemy.sql.elements import BinaryExpression

from app.reading.filters.entities import (
    office_conditions,
    participant_conditions,
    place_conditions,
    publisher_conditions,
    source_conditions,
    tag_conditions,
    treaty_conditions,
)
from app.reading.filters.events import event_conditions
from app.reading.parameters.entities import (
    OfficeFilters,
    PlaceFilters,
    PublisherFilters,
    SourceFilters,
    TagFilters,
    TreatyFilters,
)
from app.reading.parameters.events import EventFilters
from app.reading.parameters.participants import ParticipantFilters


@pytest.mark.parametrize(
    ("conditions", "filters"),
    [
        (event_conditions, EventFilters),
        (office_conditions, OfficeFilters),
        (participant_conditions, ParticipantFilters),
        (place_conditions, PlaceFilters),
        (publisher_conditions, PublisherFilters),
        (source_conditions, SourceFilters),
        (tag_conditions, TagFilters),
        (treaty_conditions, TreatyFilters),
    ],
)
def test_nothing_is_built_for_unset_filters(
    conditions: Callable[[Any], list[Any]],
    filters: Callable[[], BaseModel],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    built: list[str] = []
    for kind in (Select, BinaryExpression):
        monkeypatch.setattr(
            kind, "__init__", lambda self, *_, **__: built.append(type(self).__name__)
        )

    assert conditions(filters()) == []
    assert built == []

"""Coverage: events, sources and independent sources of each year."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, case, extract, func, select

from app.documents.coverage import Coverage, CoverageYear, KnownGap
from app.domain.dates import OPEN_START
from app.tables import core as t
from app.tables.houses import SIGNER, houses

# Years before and after a year with which it is compared.
_AROUND: Final = 10
_YEAR: Final = extract("year", t.event.c.start_earliest).label("year")
_ALL_EVENTS: Final = select(func.count()).select_from(t.event).scalar_subquery().label("events")


def count_coverage(connection: Connection, known_gaps: Sequence[KnownGap]) -> Coverage:
    """Count the events and sources of each year: three statements."""
    events = _by_year(connection, _count_events())
    sources = _by_year(connection, _count_sources(_YEAR))
    total = connection.execute(_count_sources(_ALL_EVENTS)).one()
    numbers = {year: row.events for year, row in events.items()}
    years = range(min(numbers, default=1), max(numbers, default=0) + 1)
    return Coverage(
        events=total.events,
        sources=total.sources,
        independent_sources=total.houses,
        years=[
            _year(year, events.get(year), sources.get(year), thin=_is_thin(year, numbers, years))
            for year in years
        ],
        known_gaps=[*known_gaps],
    )


def _year(
    year: int, events: Row[Any] | None, sources: Row[Any] | None, *, thin: bool
) -> CoverageYear:
    return CoverageYear(
        year=year,
        events=events.events if events else 0,
        events_of_one_source=events.single if events else 0,
        sources=sources.sources if sources else 0,
        independent_sources=sources.houses if sources else 0,
        thin=thin,
    )


def _is_thin(year: int, numbers: Mapping[int, int], years: range) -> bool:
    around = range(max(year - _AROUND, years.start), min(year + _AROUND + 1, years.stop))
    return numbers.get(year, 0) < median(numbers.get(each, 0) for each in around) / 2


def _count_events() -> Select[*tuple[Any, ...]]:
    single = func.sum(case((t.event.c.independent_sources == 1, 1), else_=0))
    return select(_YEAR, func.count().label("events"), single.label("single"))


def _by_year(connection: Connection, statement: Select[Any]) -> dict[int, Row[Any]]:
    rows = connection.execute(
        statement.where(t.event.c.start_earliest > OPEN_START).group_by(_YEAR)
    )
    # PostgreSQL extracts decimals.
    return {int(row.year): row for row in rows}


def _count_sources(column: ColumnElement[Any]) -> Select[Any]:
    """Count the sources of events, and their houses."""
    source, house = t.source, houses()
    # A source without a publisher counts for itself.
    independent = func.coalesce(house.c.whole_id, -source.c.id)
    return select(
        column,
        func.count(source.c.id.distinct()).label("sources"),
        func.count(independent.distinct()).label("houses"),
    ).select_from(
        t.citation.join(source, source.c.id == t.citation.c.source_id)
        .outerjoin(house, house.c.part_id == SIGNER)
        .join(t.event, t.event.c.id == t.citation.c.event_id)
    )

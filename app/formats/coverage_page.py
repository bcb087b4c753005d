"""The page on coverage, in Markdown."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from app.documents.coverage import Coverage, CoverageYear, KnownGap
from app.domain.date_text import date_texts
from app.domain.dates import parse_edtf
from app.domain.languages import Language
from app.domain.vocabulary import EntityKind

_Record = Mapping[str, Any]
_ByKind = Mapping[EntityKind, Sequence[_Record]]

_HEAD: Final = """\
# Where the data is thin

The timeline holds the events that were found stated in a verifiable source, not every event that happened.
**A missing event is no evidence that it did not take place.** Counts show how well a time is documented in the
sources that were searched. Do not compare them as a measure of how close relations were.

`timeline coverage` makes this page from the database. `GET /v1/coverage` has the years and the known gaps.
"""
_YEARS: Final = """
## Years
An event counts in the year in which it began. An event that lasts for years, or whose year is uncertain, counts in
the first. A year is *thin* if it has fewer than half of the events of the median year among the ten before and the
ten after it.

| year | events | with one independent source | sources | independent sources | |
|---|---|---|---|---|---|
"""


def write_coverage_page(
    coverage: Coverage, records: Iterable[tuple[EntityKind, dict[str, Any]]]
) -> str:
    """Return the page. The records are in their shortest form, as `timeline export` writes them."""
    by_kind: dict[EntityKind, list[_Record]] = defaultdict(list)
    for kind, record in records:
        by_kind[kind].append(record)
    return "".join(
        [
            _HEAD,
            _totals(coverage),
            _years(coverage.years),
            _gaps(coverage.known_gaps),
            _fields(by_kind),
            _names(by_kind),
            _words(by_kind),
        ]
    ).rstrip("\n")


def _totals(coverage: Coverage) -> str:
    return (
        f"\n{coverage.events:,} events rest on {coverage.sources:,} sources, of which "
        f"{coverage.independent_sources:,} are independent.\n"
    )


def _years(years: Sequence[CoverageYear]) -> str:
    rows = (
        _row(
            str(year.year),
            year.events,
            year.events_of_one_source,
            year.sources,
            year.independent_sources,
            "thin" if year.thin else "",
        )
        for year in years
    )
    return _YEARS + "".join(rows)


def _gaps(gaps: Sequence[KnownGap]) -> str:
    if not gaps:
        return ""
    lines = (f"- {date_texts(gap.date).en}: {gap.text.en}\n" for gap in gaps)
    return f"\n## Known to be missing\n{''.join(lines)}"


def _fields(records: _ByKind) -> str:
    """Return a table of the fields that are unknown for some records."""
    head = "\n## Fields\n| of | number | have no | |\n|---|---|---|---|\n"
    rows = []
    for field in _FIELDS:
        found = field.records(records)
        if lacking := sum(map(field.lacks, found)):
            rows.append(_row(field.of, len(found), field.name, lacking))
    return head + "".join(rows)


def _names(records: _ByKind) -> str:
    """Return a table of the names by language."""
    head = _row("names of", "number", *Language) + "|---|---|---|---|---|---|\n"
    rows = (
        _row(kind.collection, len(found), *(_in(language, found) for language in Language))
        for kind in EntityKind
        if (found := [each["names"] for each in records[kind] if "names" in each])
    )
    return f"\n## Names\nA name that is not established is left out.\n\n{head}{''.join(rows)}"


def _in(language: Language, names: Sequence[_Record]) -> int:
    return sum(language in each for each in names)


def _words(records: _ByKind) -> str:
    """Return how often the words of some fields occur."""
    events = records[EntityKind.EVENT]
    types = Counter(event["type"] for event in events)
    bounds = [parse_edtf(event["date"]) for event in events]
    precisions = Counter(each.precision for each in bounds)
    languages = Counter(source["language"] for source in records[EntityKind.SOURCE])
    approximate = sum(each.approximate for each in bounds)
    uncertain = sum(each.uncertain for each in bounds)
    return (
        "\n## Kinds, dates and languages\n"
        f"- Events by type: {_counts(types)}.\n"
        f"- Events by the precision of the date: {_counts(precisions)}.\n"
        f"- Dates: {approximate:,} approximate (`~`), {uncertain:,} uncertain (`?`).\n"
        f"- Sources by language: {_counts(languages)}.\n"
    )


def _counts(counts: Counter[Any]) -> str:
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return ", ".join(f"{word} {number:,}" for word, number in ordered)


def _row(*cells: object) -> str:
    texts = (f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells)
    return f"| {' | '.join(texts)} |\n"


class _Field(NamedTuple):
    """A field of some records, and whether one of them lacks it."""

    of: str
    records: Callable[[_ByKind], Sequence[_Record]]
    name: str
    lacks: Callable[[_Record], bool]


def _of_kind(kind: EntityKind) -> Callable[[_ByKind], Sequence[_Record]]:
    return lambda records: records[kind]


def _persons(records: _ByKind) -> list[_Record]:
    return [each for each in records[EntityKind.PARTICIPANT] if each["kind"] == "person"]


def _positions(records: _ByKind) -> list[_Record]:
    return [position for who in _persons(records) for position in who.get("positions", ())]


def _persons_in_events(records: _ByKind) -> list[_Record]:
    persons = {each["id"] for each in _persons(records)}
    parts = (part for event in records[EntityKind.EVENT] for part in event["participants"])
    return [part for part in parts if part["id"] in persons]


def _treaties(records: _ByKind) -> list[_Record]:
    """Return the treaties, each with the number of its stages."""
    stages = Counter(event.get("treaty") for event in records[EntityKind.EVENT])
    return [{**each, "stages": stages[each["id"]]} for each in records[EntityKind.TREATY]]


def _without(*names: str) -> Callable[[_Record], bool]:
    return lambda record: not any(name in record for name in names)


_EVENTS: Final = _of_kind(EntityKind.EVENT)
_SOURCES: Final = _of_kind(EntityKind.SOURCE)
_FIELDS: Final = (
    _Field("events", _EVENTS, "place", _without("place")),
    _Field(
        "events",
        _EVENTS,
        "participant of a second side",
        lambda event: len({part["side"] for part in event["participants"]}) == 1,
    ),
    _Field(
        "events",
        _EVENTS,
        "evidence to the character",
        lambda event: all(isinstance(citation, str) for citation in event["sources"]),
    ),
    _Field("persons in events", _persons_in_events, "office on that day", _without("office")),
    _Field("persons", _persons, "position", _without("positions")),
    _Field("positions of persons", _positions, "office", _without("office")),
    _Field("positions of persons", _positions, "date", _without("from", "to")),
    _Field("sources", _SOURCES, "publisher", _without("publisher")),
    _Field("sources", _SOURCES, "date of publication", _without("published")),
    _Field("sources", _SOURCES, "title", _without("title")),
    _Field("treaties", _treaties, "second stage on record", lambda treaty: treaty["stages"] < 2),
    _Field("treaties", _treaties, "number in a register", _without("registration")),
    _Field("tags", _of_kind(EntityKind.TAG), "definition", _without("definition")),
)

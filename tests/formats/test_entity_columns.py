"""A record of any kind comes back from a row of CSV as it was."""

import csv
import re
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.texts import settle
from app.domain.vocabulary import EntityKind, EvidencedField, Rank, Role
from app.formats.tables.csv import PLAIN, CsvDialect, Delimiter, write_csv
from app.formats.tables.entity_columns import EntityRow, entity_columns
from app.records.models import RECORD_MODELS, Record
from app.records.models.base import text_faults
from app.records.parsing.csv_layout import DERIVED, LAYOUTS
from app.settings import PROJECT_ROOT
from tests.support.builders import (
    make_event,
    make_office,
    make_participant,
    make_place,
    make_publisher,
    make_source,
    make_tag,
    make_treaty,
    read_data,
)
from tests.support.chance import scaled
from tests.support.seed_records import read_seeds

STAMPS = {"revision": 1, "created_at": "2026-11-28T00:00:00Z", "updated_at": "2026-11-28T00:00:00Z"}


def _is_accepted(text: str) -> bool:
    """Return whether any field of a record may hold this text as it is."""
    return settle(text).strip() == text and not any(text_faults(text, one_line=True))


# The characters that separate, quote, guard or end a cell, and all others.
NASTY = st.text(st.sampled_from("a;\"',=+-@\t\n|{}[]: \\é최0"), min_size=1, max_size=12)
TEXTS = st.one_of(
    NASTY, st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
).filter(_is_accepted)
NAMES = st.fixed_dictionaries({"en": TEXTS}, optional={"fr": TEXTS, "ru": TEXTS, "ko": TEXTS})
SOME_NAMES = st.fixed_dictionaries({}, optional={"en": TEXTS, "fr": TEXTS, "ko": TEXTS})
ALIASES = st.lists(TEXTS, max_size=3)
COUNTRIES = st.sampled_from(["RU", "KP", "SU"])
DATES = st.sampled_from(["2024", "2024-06~", "1991-12-26", "[2024-01,2024-02]"])
IDS = st.sampled_from(["a", "b-1", "c"])
MAYBE_ID = st.none() | IDS
CODES = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=8)
EVIDENCE = st.fixed_dictionaries(
    {
        "supports": st.lists(
            st.sampled_from(EvidencedField), min_size=1, max_size=3, unique=True
        ).map(lambda fields: [*map(str, fields)]),
        "basis": st.just("inferred"),
        "selector": st.fixed_dictionaries({"start": st.integers(0, 9), "end": st.integers(10, 20)}),
        "digest": st.just("0" * 64),
        "note": TEXTS,
    }
)
POSITION = st.fixed_dictionaries(
    {"title": TEXTS},
    optional={"office": IDS, "organisation": IDS, "from": DATES, "to": DATES},
)
PART = st.fixed_dictionaries(
    {"role": st.sampled_from(Role), "side": COUNTRIES},
    optional={"office": IDS, "capacity": TEXTS},
)

RECORDS: dict[EntityKind, st.SearchStrategy[Record]] = {
    EntityKind.EVENT: st.builds(
        lambda parts, relations, cited, **fields: make_event(
            **fields,
            participants=[{"id": id, **part} for id, part in parts.items()],
            relations=[{"type": "follows", "event": event} for event in relations],
            sources=[{"source": id, "evidence": evidence} for id, evidence in cited.items()],
        ),
        parts=st.dictionaries(IDS, PART, min_size=1),
        relations=st.sets(st.sampled_from(["2024-a", "2023-b"])),
        cited=st.dictionaries(IDS, st.lists(EVIDENCE, max_size=2), min_size=1),
        title=NAMES,
        summary=NAMES,
        place=IDS,
        further_places=st.lists(st.sampled_from(["d", "e"]), unique=True),
        tags=st.lists(IDS, unique=True),
        note=st.none() | TEXTS,
    ),
    EntityKind.PARTICIPANT: st.builds(
        make_participant,
        names=NAMES,
        aliases=ALIASES,
        positions=st.lists(POSITION, max_size=3),
        identifiers=st.dictionaries(st.sampled_from(["other", "own", "x"]), CODES),
    ),
    EntityKind.PLACE: st.builds(
        make_place,
        names=NAMES,
        aliases=ALIASES,
        part_of=MAYBE_ID,
        latitude=st.floats(-90, 90),
        longitude=st.floats(-180, 180),
    ),
    EntityKind.OFFICE: st.builds(
        lambda since, until, **fields: make_office(**fields, **{"from": since, "to": until}),
        since=st.none() | DATES,
        until=st.none() | DATES,
        names=NAMES,
        feminine=SOME_NAMES,
        aliases=ALIASES,
        rank=st.sampled_from(Rank),
        country=st.none() | COUNTRIES,
        organisation=MAYBE_ID,
    ),
    EntityKind.PUBLISHER: st.builds(
        make_publisher,
        names=NAMES,
        aliases=ALIASES,
        country=st.none() | COUNTRIES,
        state=st.none() | st.booleans(),
        house=MAYBE_ID,
    ),
    EntityKind.SOURCE: st.builds(
        make_source,
        publisher=MAYBE_ID,
        agency=MAYBE_ID,
        title=st.none() | TEXTS,
        published=st.none() | DATES,
        article=st.none() | IDS,
        note=st.none() | TEXTS,
    ),
    EntityKind.TAG: st.builds(
        make_tag, names=NAMES, definition=st.none() | NAMES, broader=MAYBE_ID
    ),
    EntityKind.TREATY: st.builds(
        make_treaty,
        names=NAMES,
        aliases=ALIASES,
        parties=st.lists(COUNTRIES, min_size=1, unique=True),
        registration=st.none() | TEXTS,
    ),
}


def _row(record: Record) -> EntityRow:
    plain = record.to_plain()
    return EntityRow(plain, {**plain, **STAMPS, "stages": [], "in_force": None})


def _written(kind: EntityKind, *records: Record, dialect: CsvDialect = PLAIN) -> bytes:
    return b"".join(write_csv(entity_columns(kind), map(_row, records), dialect))


def _read(kind: EntityKind, data: bytes) -> list[Record]:
    located, errors = read_data(data, f"{kind.collection}.csv", ".csv")
    assert errors == []
    return [each.record for each in located]


@pytest.mark.parametrize("kind", RECORDS)
@settings(max_examples=scaled(40))
@given(data=st.data())
def test_any_record_comes_back(kind: EntityKind, data: st.DataObject) -> None:
    record = data.draw(RECORDS[kind])
    delimiter, bom = data.draw(st.sampled_from(Delimiter)), data.draw(st.booleans())

    written = _written(kind, record, dialect=CsvDialect(delimiter, bom))

    assert [each.to_plain() for each in _read(kind, written)] == [record.to_plain()]


def test_every_kind_has_records() -> None:
    assert RECORDS.keys() == RECORD_MODELS.keys()


@pytest.mark.parametrize("kind", RECORDS)
def test_all_seeds_come_back(kind: EntityKind) -> None:
    seeds = [each.record for each in read_seeds() if each.kind is kind]

    assert seeds and _read(kind, _written(kind, *seeds)) == seeds


@pytest.mark.parametrize("kind", RECORDS)
def test_each_column_is_read_or_known_to_derive(kind: EntityKind) -> None:
    assert {*entity_columns(kind)} <= {*LAYOUTS[kind], *DERIVED[kind]}


def test_a_treaty_has_its_stages_and_its_period() -> None:
    stage: dict[str, Any] = {"stage": "signed", "date": "1961-07-06", "status": "occurred"}
    treaty = _row(make_treaty())
    document = {
        **treaty.document,
        "stages": [{**stage, "event": "1961-a"}, {**stage, "event": "1961-b"}],
        "in_force": {"from": "1961-09-10", "to": None, "known": True},
    }

    text = b"".join(
        write_csv(entity_columns(EntityKind.TREATY), [treaty._replace(document=document)])
    ).decode()

    (row,) = csv.DictReader(StringIO(text, newline=""))
    assert (row["stages"], row["stage_events"]) == ("signed; signed", "1961-a; 1961-b")
    assert (row["in_force_from"], row["in_force_to"], row["in_force_known"]) == (
        "1961-09-10",
        "",
        "true",
    )


class TestEvidence:
    """Evidence is a mapping in JSON, by source."""

    EVENT = make_event(
        sources=[
            "tass-1",
            {
                "source": "tass-2",
                "evidence": [
                    {
                        "supports": ["date"],
                        "basis": "stated",
                        "selector": {"start": 0, "end": 4},
                        "digest": "0" * 64,
                    }
                ],
            },
        ]
    )

    def _errors(self, old: str, new: str) -> list[str]:
        data = _written(EntityKind.EVENT, self.EVENT).replace(old.encode(), new.encode())
        _, errors = read_data(data, "events.csv", ".csv")
        return [str(error) for error in errors]

    def test_of_a_source_that_the_event_does_not_cite_is_refused(self) -> None:
        (error,) = self._errors("tass-1; tass-2", "tass-1")

        assert error == (
            "events.csv:2: column evidence: 'tass-2' is not among the values of source_ids"
        )

    def test_that_is_no_mapping_is_refused(self) -> None:
        (cut,) = self._errors("null}]}", "null}")
        data = _written(EntityKind.EVENT, make_event())
        _, (other,) = read_data(data.replace(b"tass-1,,", b"tass-1,[],"), "events.csv", ".csv")

        assert "events.csv:2: column evidence: not valid JSON: " in cut
        assert str(other) == (
            "events.csv:2: column evidence: found an empty list, expected a mapping in JSON"
        )

    def test_that_is_invalid_names_its_column(self) -> None:
        (error,) = self._errors('""stated""', '""said""')

        assert "column evidence: found the text 'said', expected one of: stated, inferred" in error


def test_the_docs_list_the_derived_columns() -> None:
    page = (PROJECT_ROOT / "docs/csv.md").read_text()
    rows = dict(re.findall(r"^\| (\w+) \| (`\w+`.*) \|$", page, re.MULTILINE))

    described = {name: re.findall(r"`(\w+)`", row) for name, row in rows.items()}

    assert described == {
        kind.collection: [name for name in entity_columns(kind) if name not in LAYOUTS[kind]]
        for kind in (EntityKind.SOURCE, EntityKind.TREATY)
    }

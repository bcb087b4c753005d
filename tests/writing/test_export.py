"""Exports: loading one recreates the dataset."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.texts import settle
from app.domain.vocabulary import EntityKind
from app.formats.record_files import WRITERS
from app.records.models import RECORD_MODELS, Record
from app.records.models.base import text_faults
from app.tables.database import Database
from app.writing.imports.load import load_records
from app.writing.upkeep.export import export_records
from tests.support.builders import (
    make_cast,
    make_event,
    make_participant,
    make_place,
    read_data,
    store,
)
from tests.support.seed_records import read_seeds


def _export(database: Database, format_: str = "ndjson") -> bytes:
    with database.stream() as connection:
        return "".join(WRITERS[format_](export_records(connection))).encode()


def _read(data: bytes, format_: str) -> dict[tuple[EntityKind, str], Record]:
    located, errors = read_data(data, "export", f".{format_}")
    assert errors == []
    return {(each.kind, each.record.id): each.record for each in located}


class TestExportRecords:
    @pytest.mark.thorough
    @pytest.mark.parametrize("format_", [*WRITERS])
    def test_gives_the_seeds_again(self, seeded_sqlite: Database, format_: str) -> None:
        seeds = {(each.kind, each.record.id): each.record for each in read_seeds()}

        records = _read(_export(seeded_sqlite, format_), format_)

        assert records == seeds
        assert [*records] == sorted(seeds, key=lambda key: ([*RECORD_MODELS].index(key[0]), key[1]))

    @pytest.mark.thorough
    def test_is_the_same_after_loading_it(self, database: Database, seeded: Database) -> None:
        exported = _export(seeded)
        located, _ = read_data(exported, "export", ".ndjson")

        load_records(database, located, "test")

        assert _export(database) == exported

    def test_leaves_out_what_is_empty(self, database: Database) -> None:
        equator = make_place("null-island", latitude=0.0, longitude=0.0)
        store(database, *make_cast(), equator, make_event())

        lines = [json.loads(line) for line in _export(database).splitlines()]

        place = equator.model_dump(mode="json", exclude={"part_of", "aliases", "identifiers"})
        assert lines[2] == {"places": [place]}
        assert lines[-1]["events"] == [
            {
                "id": "2024-11-01-talks",
                "type": "meeting",
                "subtype": "consultations",
                "status": "occurred",
                "confidence": "high",
                "date": "2024-11-01",
                "title": {"en": "Talks"},
                "summary": {"en": "The ministers talked."},
                "participants": [
                    {"id": "sergey-lavrov", "role": "host", "side": "RU"},
                    {"id": "choe-son-hui", "role": "guest", "side": "KP"},
                ],
                "sources": ["tass-1"],
            }
        ]

    @pytest.mark.parametrize("format_", [*WRITERS])
    def test_of_nothing_is_nothing(self, database: Database, format_: str) -> None:
        exported = _export(database, format_)

        assert exported == {"ndjson": b"", "json": b"{}\n", "yaml": b"{}\n"}[format_]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    # Only such texts are accepted.
    lambda text: len(settle(text)) <= len(text) and not any(text_faults(text, one_line=True))
)
TRICKY = st.sampled_from(
    ["NO", "1e3", "0777", "1:30", "2024-11-01", "null", "~", "- a", "a: b", "#", "1_000", ".5"]
)


class TestWriters:
    @given(name=st.one_of(TRICKY, TEXTS.map(str.strip)))
    @pytest.mark.parametrize("format_", [*WRITERS])
    def test_keep_every_text(self, format_: str, name: str) -> None:
        record = make_participant(names={"en": name}, aliases=[name])
        values = record.model_dump(mode="json")

        data = "".join(WRITERS[format_]([(EntityKind.PARTICIPANT, values)])).encode()

        assert _read(data, format_) == {(EntityKind.PARTICIPANT, record.id): record}

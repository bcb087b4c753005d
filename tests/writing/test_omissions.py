"""Imports that would delete stored values because their records lack them."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app import cli
from app.records.models import Record
from app.tables.database import Database
from app.writing.imports.choices import ImportChoices, Omissions
from app.writing.imports.load import RefusedRecordsError, load_records
from app.writing.imports.omissions import omitted, replaced
from tests.support.builders import (
    CHOE,
    LAVROV,
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_source,
    read_data,
    store,
)

EVIDENCE = {
    "supports": ["date"],
    "basis": "stated",
    "selector": {"start": 0, "end": 4},
    "digest": "0" * 64,
}
CITED = {"source": "tass-1", "evidence": [EVIDENCE]}
WHOLE: dict[str, Any] = {
    "title": {"en": "Talks", "fr": "Entretiens"},
    "participants": [{**LAVROV, "office": "foreign-minister"}, CHOE],
    "sources": [CITED],
    "tags": [],
    "note": "Doubtful.",
}
ROW = """\
id,type,subtype,status,confidence,date,title,summary,participant_ids,participant_roles,participant_sides,source_ids
2024-11-01-talks,meeting,consultations,occurred,high,2024-11-01,{title},The ministers talked.,\
sergey-lavrov; choe-son-hui,host; guest,RU; KP,tass-1
"""


@pytest.fixture
def stored(database: Database) -> Database:
    """A database with an event that has evidence, an office, a note and a French title."""
    cast = [each for each in make_cast() if each.id != "tass-1"]
    store(database, *cast, make_source(article="a"), make_office(), make_event(**WHOLE))
    return database


def _row(**fields: Any) -> Any:
    return make_event(**{**WHOLE, **fields}).to_plain()


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({}, []),
        ({"title": {"en": "Other", "fr": "Autre"}}, []),
        ({"title": {"en": "Talks"}}, ["title/fr"]),
        ({"note": None}, ["note"]),
        ({"participants": [LAVROV, CHOE]}, ["participants/office"]),
        ({"participants": [{**CHOE, "office": "foreign-minister"}]}, []),
        ({"sources": ["tass-1"]}, ["sources/evidence"]),
        ({"sources": ["tass-1", {**CITED, "source": "tass-2"}]}, ["sources/evidence"]),
        ({"sources": [CITED, "tass-2"], "tags": ["a"]}, []),
    ],
    ids=repr,
)
def test_names_the_values_that_a_record_lacks(fields: dict[str, Any], names: list[str]) -> None:
    assert [*omitted(_row(), _row(**fields))] == names


def test_names_an_identifier_and_a_whole_list() -> None:
    before: Record = make_participant(identifiers={"wikidata": "Q1", "viaf": "1"}, aliases=["a"])
    after = make_participant(identifiers={"wikidata": "Q2"})

    assert [*omitted(before.to_plain(), after.to_plain())] == ["aliases", "identifiers/viaf"]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ({"en": "Entretiens"}, ["replace title/en, the English text, by title/fr"]),
        ({"en": "Pourparlers"}, ["replace title/en, the English text, by another text"]),
        ({"en": "Talks"}, []),
        ({"en": "Other", "fr": "Autre"}, []),
    ],
    ids=repr,
)
def test_names_an_english_text_that_another_language_replaces(
    title: dict[str, str], words: list[str]
) -> None:
    assert [*replaced(_row(), _row(title=title))] == words


def _load(database: Database, omissions: Omissions) -> None:
    located, _ = read_data(ROW.format(title="Entretiens").encode(), "events.csv", ".csv")
    load_records(database, located, "test", ImportChoices(omissions=omissions))


def test_is_refused_on_request(stored: Database) -> None:
    with pytest.raises(RefusedRecordsError) as refused:
        _load(stored, Omissions.REFUSE)

    (error,) = refused.value.errors
    assert str(error) == (
        "events.csv:2: 2024-11-01-talks: would delete title/fr, participants/office, "
        "sources/evidence, note of the stored event and replace title/en, the English text, by "
        "title/fr: add what it lacks, or allow this: "
        "omissions=delete, timeline load --delete-omitted"
    )


def test_is_allowed_otherwise(stored: Database) -> None:
    _load(stored, Omissions.DELETE)

    # Now the stored event has no more than the row.
    _load(stored, Omissions.REFUSE)


class TestCommand:
    def _run(self, database: Database, path: Path, *options: str) -> Any:
        url = database.url.render_as_string(hide_password=False)
        command = ["load", str(path), *options]
        return CliRunner().invoke(cli.app, command, env={"TIMELINE_DATABASE_URL": url})

    def test_refuses_a_table_that_lacks_what_is_stored(
        self, stored: Database, tmp_path: Path
    ) -> None:
        (tmp_path / "events.csv").write_text(ROW.format(title="Entretiens"))

        refused = self._run(stored, tmp_path)
        allowed = self._run(stored, tmp_path, "--delete-omitted")

        assert (refused.exit_code, allowed.exit_code) == (1, 0)
        assert "events.csv:2: 2024-11-01-talks: would delete title/fr, " in refused.stderr
        assert refused.stderr.endswith("1 error: nothing was written\n")

    def test_takes_a_whole_record_as_it_is(self, stored: Database, tmp_path: Path) -> None:
        record = make_event().model_dump_json()
        (tmp_path / "event.json").write_text(f'{{"events": [{record}]}}')

        assert self._run(stored, tmp_path).exit_code == 0

import json
import random
import signal
import time
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.domain.vocabulary import EntityKind
from app.reading.names.candidates import named_from
from app.records.evidence.quotes import resolve_quotes
from app.records.evidence.texts import AttachedTexts
from app.records.parsing.errors import RecordError
from app.records.parsing.files import iter_records
from app.settings import PROJECT_ROOT
from app.tables import core as t
from app.tables.database import Database
from app.tables.schema.creation import create_if_empty
from app.writing.apply import Tally
from app.writing.evidence_checks import find_articles
from app.writing.imports.load import RefusedRecordsError, load_records
from app.writing.imports.report import ImportReport
from tests.support.apps import empty
from tests.support.builders import (
    count_changes,
    make_cast,
    make_event,
    make_participant,
    make_source,
    store,
)
from tests.support.chance import seeded_random
from tests.support.databases import NewDatabase
from tests.support.statements import counting_statements
from tests.support.warm import COMMIT, STATEMENT, load_until_killed

SMALL = """\
participants:
- id: sergey-lavrov
  kind: person
  country: RU
  names: {en: Sergey Lavrov}
sources:
- id: tass-1
  language: en
  url: https://example.org/1
events:
- id: 2024-11-01-talks
  type: meeting
  subtype: working
  status: occurred
  confidence: high
  date: '2024-11-01'
  title: {en: Talks}
  summary: {en: They talked.}
  participants:
  - {id: sergey-lavrov, role: host, side: RU}
  sources: [tass-1]
"""


SEEDS = PROJECT_ROOT / "seeds"
EVENT = "2024-11-01-talks: /events/0"
LIKE_LAVROV = "'sergei-lavrov'; did you mean 'sergey-lavrov'?"


def _refused(database: Database, path: Path, text: str | None = None) -> Sequence[RecordError]:
    """Return the errors with which the file or folder is refused; first write the text, if any."""
    if text is not None:
        path.write_text(text)
    with pytest.raises(RefusedRecordsError) as refused:
        load_records(database, iter_records([path]), "test")
    return refused.value.errors


class TestImportRecords:
    def _import(
        self, database: Database, path: Path, text: str, *, dry_run: bool = False
    ) -> ImportReport:
        path.write_text(text)
        return load_records(database, iter_records([path]), "test", dry_run=dry_run)

    def test_writes_all(self, database: Database, tmp_path: Path) -> None:
        report = self._import(database, tmp_path / "a.yaml", SMALL)

        assert report.tallies[EntityKind.EVENT] == Tally(created=1)
        assert count_changes(database) == 3

    def test_a_dry_run_counts_and_writes_nothing(self, database: Database, tmp_path: Path) -> None:
        report = self._import(database, tmp_path / "a.yaml", SMALL, dry_run=True)

        assert report.tallies[EntityKind.EVENT] == Tally(created=1)
        assert count_changes(database) == 0

    def test_every_dangling_reference_is_an_error_with_its_line(
        self, database: Database, tmp_path: Path
    ) -> None:
        text = SMALL.replace("id: sergey-lavrov, role", "id: sergei-lavrov, role")
        text = text.replace("[tass-1]", "[tass-2]") + "  place: moscow\n"

        refused = _refused(database, tmp_path / "a.yaml", text)

        errors = [str(error).replace(str(tmp_path), "") for error in refused]
        assert errors == [
            f"/a.yaml:20: {EVENT}/participants/0/id: there is no participant {LIKE_LAVROV}",
            f"/a.yaml:21: {EVENT}/sources/0: there is no source 'tass-2'; did you mean 'tass-1'?",
            f"/a.yaml:22: {EVENT}/place: there is no place 'moscow'",
        ]
        assert count_changes(database) == 0

    def test_faults_between_records_are_told_with_those_within(
        self, database: Database, tmp_path: Path
    ) -> None:
        """A reference to a participant that is refused is not reported as dangling too."""
        path = tmp_path / "a.yaml"
        path.write_text(
            SMALL.replace("kind: person", "kind: persn").replace("[tass-1]", "[tass-2]")
        )

        refused = _refused(database, path)

        assert [error.pointer for error in refused] == [
            "/participants/0/kind",
            "/events/0/sources/0",
        ]

    def test_a_record_with_an_absent_quote_is_not_reported_as_missing(
        self, database: Database, tmp_path: Path
    ) -> None:
        article, talks = make_source("tass-2", article="tass-2"), make_event().to_plain()
        evidence = {"supports": ["date"], "quote": "on Monday"}
        quoting = {**talks, "sources": [{"source": "tass-2", "evidence": [evidence]}]}
        follows = [{"type": "follows", "event": talks["id"]}]
        sequel = make_event("2024-11-02-talks", relations=follows)
        store(database, *make_cast(), article)
        path = tmp_path / "a.json"
        path.write_text(json.dumps({"events": [quoting, sequel.to_plain()]}))
        texts = AttachedTexts({"tass-2": "on Friday"})
        found = resolve_quotes(iter_records([path]), texts, partial(find_articles, database))

        with pytest.raises(RefusedRecordsError) as refused:
            load_records(database, found, "test")

        assert [(error.record, error.kind) for error in refused.value.errors] == [
            (talks["id"], EntityKind.EVENT)
        ]

    def test_what_stands_twice_names_both_places(self, database: Database, tmp_path: Path) -> None:
        first, second = tmp_path / "1.yaml", tmp_path / "2.json"
        first.write_text(SMALL)
        second.write_text(
            '{"sources": [\n{"id": "tass-1", "language": "en", "url": "https://x.example"}]}'
        )

        refused = _refused(database, tmp_path)

        assert [str(error) for error in refused] == [
            f"{second}:2: tass-1: /sources/0/id: this source is already at {first}:7"
        ]

    def test_a_file_that_cannot_be_read_says_nothing_of_the_others(
        self, database: Database, tmp_path: Path
    ) -> None:
        (tmp_path / "broken.yaml").write_text("sources: [")
        (tmp_path / "a.yaml").write_text(SMALL.replace("[tass-1]", "[tass-2]"))

        refused = _refused(database, tmp_path)

        assert [Path(error.file).name for error in refused] == ["broken.yaml"]

    def test_thousands_of_dangling_references_are_told_quickly(
        self, database: Database, tmp_path: Path
    ) -> None:
        sources = "\n".join(
            f"- {{id: s-{n}, language: en, url: 'https://x.org'}}" for n in range(2000)
        )
        cited = ", ".join(f"t-{n}" for n in range(200))
        text = SMALL.replace("sources:\n", f"sources:\n{sources}\n", 1)
        text = text.replace("[tass-1]", f"[{cited}]")
        started = time.monotonic()

        refused = _refused(database, tmp_path / "a.yaml", text)

        # Searching all ids for each of them would take minutes.
        assert len(refused) == 200
        assert time.monotonic() - started < 60

    def test_evidence_names_an_article(self, database: Database, tmp_path: Path) -> None:
        evidence = (
            "{supports: [date], basis: stated, selector: {start: 0, end: 1}, digest: '%s'}"
            % ("0" * 64)
        )
        text = SMALL.replace("[tass-1]", f"[{{source: tass-1, evidence: [{evidence}]}}]")

        refused = _refused(database, tmp_path / "a.yaml", text)

        assert [(error.pointer, error.problem) for error in refused] == [
            (
                "/events/0/sources/0/evidence/0/selector",
                (
                    "the source 'tass-1' names no article, in whose text these offsets would count: "
                    "leave the selector out, or name the article"
                ),
            )
        ]

    def test_an_identifier_belongs_to_one_participant(
        self, database: Database, tmp_path: Path
    ) -> None:
        store(database, make_participant("choe-son-hui", identifiers={"wikidata": "Q1"}))
        text = SMALL.replace("  country: RU\n", "  country: RU\n  identifiers: {wikidata: Q1}\n")

        refused = _refused(database, tmp_path / "a.yaml", text)

        assert [error.problem for error in refused] == [
            "wikidata 'Q1' belongs to the participant 'choe-son-hui'"
        ]

    def test_participants_may_exchange_identifiers(self, database: Database) -> None:
        store(database, make_participant("a", identifiers={"wikidata": "Q1"}))
        store(database, make_participant("b", identifiers={"wikidata": "Q2"}))

        store(
            database,
            make_participant("a", identifiers={"wikidata": "Q2"}),
            make_participant("b", identifiers={"wikidata": "Q1"}),
        )

        with database.read() as connection:
            assert (
                connection.scalar(select(func.count()).select_from(t.participant_identifier)) == 2
            )


class TestTables:
    def _errors(self, database: Database, path: Path, text: str) -> list[str]:
        return [str(error) for error in _refused(database, path, text)]

    def test_a_cell_that_is_wrong_is_told_with_its_column(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = tmp_path / "places.csv"

        errors = self._errors(
            database, path, "id,country,name_en,latitude,longitude,precision\np,RU,P,１,10,city\n"
        )

        told = "p: column latitude: found the text '１', expected a number"
        assert errors == [f"{path}:2: {told}"]

    def test_a_reference_to_nothing_is_told_with_its_column(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = tmp_path / "participants.csv"

        errors = self._errors(
            database,
            path,
            "id,kind,country,name_en,position_titles,position_organisations\n"
            "a,person,RU,A,Envoy,nobody\n",
        )

        told = "a: column position_organisations, value 1: there is no participant 'nobody'"
        assert errors == [f"{path}:2: {told}"]


class TestLongNames:
    def test_of_any_script_are_taken_and_found(self, database: Database) -> None:
        """An index of PostgreSQL cannot hold a name of this length."""
        letters = random.Random(1)
        names = {
            "ko": "".join(chr(letters.randrange(0xAC00, 0xD7A4)) for _ in range(3_000)),
            "ru": "".join(letters.choice("бвгдклмнпрст ") for _ in range(3_000)).strip(),
            "en": "\ufdfa" * 1_000,
        }

        store(database, make_participant(names=names))

        with database.read() as connection:
            for name in names.values():
                assert connection.scalars(named_from(name[:8])).all()


class TestSeeds:
    @pytest.mark.thorough
    def test_loading_again_adds_no_change(self, seeds_in: NewDatabase) -> None:
        with closing(Database(seeds_in("loaded_again"))) as database:
            before = count_changes(database)

            report = load_records(database, iter_records([SEEDS]), "test")

            assert count_changes(database) == before > 2000
            assert report.total.unchanged == before


@pytest.mark.kill
class TestKill:
    """Kill the process at a statement or at the commit of a load: nothing is stored."""

    @pytest.fixture
    def statements(self, database: Database) -> int:
        """The number of statements of a whole load, which is then deleted."""
        with counting_statements(*database.engines) as sent:
            load_records(database, iter_records([SEEDS]), "whole")
        empty(database)
        return len(sent)

    def test_all_or_nothing(self, database: Database, statements: int) -> None:
        url = database.url.render_as_string(hide_password=False)
        number = seeded_random(database.engine.name).randrange(2, statements)
        for moment in ((STATEMENT, number), (COMMIT, 1)):
            print(f"killed at {moment} of {statements} statements")

            assert load_until_killed(url, SEEDS, *moment) == -signal.SIGKILL
            assert count_changes(database) == 0

        report = load_records(database, iter_records([SEEDS]), "after")
        assert count_changes(database) == report.total.created > 2000


class TestStatistics:
    @pytest.mark.parametrize(("tags", "times"), [(10, 0), (1000, 1)])
    def test_postgresql_looks_at_the_rows_of_a_large_import(
        self, new_postgresql: NewDatabase, tmp_path: Path, tags: int, times: int
    ) -> None:
        lines = (f"- id: tag-{n}\n  names: {{en: Tag {n}}}" for n in range(tags))
        file = tmp_path / "tags.yaml"
        file.write_text("\n".join(["tags:", *lines]))
        analyzed = text("SELECT relname, analyze_count FROM pg_stat_user_tables")

        with closing(Database(new_postgresql("statistics"))) as database:
            create_if_empty(database)
            load_records(database, iter_records([file]), "test")
            with database.read() as connection:
                counts = {name: count for name, count in connection.execute(analyzed)}

        assert {counts[name] for name in ("tag", "change", "event_search")} == {times}

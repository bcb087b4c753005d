"""The `timeline` command, and the server in a separate process."""

import gzip
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from subprocess import PIPE
from typing import Any

import httpx
import pytest
from alembic import command
from sqlalchemy import update
from typer.testing import Result

from app import main
from app.cli import serving
from app.domain.search.query import parse_query
from app.reading.search import search_hits
from app.records.evidence.spans import digest_of
from app.settings import PROJECT_ROOT
from app.tables import core as t
from app.tables.database import Database
from app.tables.log import newest_seq
from app.tables.schema import migrations
from app.tables.schema.creation import create_if_empty
from app.tables.schema.revisions import NEWEST
from app.tables.search import empty_index
from app.writing.snapshots.build import build_snapshot
from tests.support.builders import make_cast, make_event, make_source, store
from tests.support.commands import run
from tests.support.databases import NewDatabase
from tests.support.logs import read_log
from tests.support.servers import started

PLACES = str(PROJECT_ROOT / "seeds" / "places.yaml")
WRONG = """\
participants:
- id: Sergey Lavrov
  kind: person
  country: RU
  names: {en: Sergey Lavrov}
- id: choe-son-hui
  kind: persn
  country: KP
  names: {en: Choe Son Hui}
places:
- id: moscow
  names: {en: Moscow}
  country: RU
  latitude: 95
  longitude: 37.6
  precision: city
"""


@pytest.fixture(autouse=True)
def _keep_logging_unconfigured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not configure logging in this process: the runner's streams close when the test ends."""
    for module in (serving, main):
        monkeypatch.setattr(module, "configure_logs", lambda _level: None)


@pytest.fixture
def new_url(new_database: NewDatabase, request: pytest.FixtureRequest) -> str:
    """The URL of a database without tables."""
    return new_database(re.sub(r"\W", "", request.node.name.partition("[")[0])[:50])


def _url(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def test_runs_as_a_module() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "app", "--help"], cwd=PROJECT_ROOT, capture_output=True, check=True
    )

    assert b"Usage: timeline" in result.stdout


class TestServe:
    @pytest.mark.start
    @pytest.mark.sqlite
    def test_loads_the_seeds_of_the_project_by_default(self, new_url: str) -> None:
        with started(new_url) as (base, _):
            page = httpx.get(f"{base}/v1/events?limit=1&total=exact").json()["page"]

        assert page["total"] >= 1023

    @pytest.mark.start
    def test_the_first_start_fills_the_database_and_a_later_one_only_serves(
        self, new_url: str, tmp_path: Path
    ) -> None:
        """The first start migrates, loads the seeds and logs; a later start with two workers only serves."""
        seeds, log = tmp_path / "seeds.yaml", tmp_path / "log"
        one_source = "sources: [{id: tass-1, language: en, url: 'https://example.org/1'}]"
        seeds.write_text(one_source)
        with started(new_url, log=log, seeds=tmp_path) as (base, _):
            request_id = {"X-Request-Id": "mine-1"}
            first = httpx.get(f"{base}/v1/sources?limit=3", headers=request_id).json()["items"]
        lines = read_log(log)
        seeds.write_text(one_source.replace("tass-1", "tass-2"))

        with (
            started(new_url, "--workers", "2", seeds=tmp_path) as (base, _),
            httpx.Client(base_url=base) as client,
        ):
            later = [client.get("/v1/sources") for _ in range(10)]

        assert [item["id"] for item in first] == ["tass-1"]
        assert [answer.status_code for answer in later] == [200] * 10
        assert {item["id"] for answer in later for item in answer.json()["items"]} == {"tass-1"}
        line = next(line for line in lines if line.get("request_id") == "mine-1")
        expected = {"method": "GET", "path": "/v1/sources", "query": "limit=3", "status": 200}
        assert expected.items() <= line.items()

    def test_refuses_to_start_with_invalid_seeds(self, new_url: str, tmp_path: Path) -> None:
        (tmp_path / "seeds.yaml").write_text(WRONG)

        result = run("serve", "--port", "0", database_url=new_url, TIMELINE_SEEDS=str(tmp_path))

        assert result.exit_code == 1
        assert "3 errors: the seeds were not loaded" in result.stderr


class TestLoad:
    def test_loads_and_prints_a_summary(self, database: Database) -> None:
        result = run("load", PLACES, database_url=_url(database))

        assert result.exit_code == 0
        assert re.search(r"place\s*│ 39\s*│ 0\s*│ 0", result.stdout)

    def test_prints_a_line_for_each_error_and_writes_nothing(
        self, database: Database, tmp_path: Path
    ) -> None:
        (tmp_path / "wrong.yaml").write_text(WRONG)

        result = run("load", str(tmp_path / "wrong.yaml"), database_url=_url(database))

        lines = result.stderr.replace(f"{tmp_path}/", "").splitlines()
        assert result.exit_code == 1
        assert [line.partition(", expected")[0] for line in lines] == [
            "wrong.yaml:2: Sergey Lavrov: /participants/0/id: found the text 'Sergey Lavrov'",
            "wrong.yaml:7: choe-son-hui: /participants/1/kind: found the text 'persn'",
            "wrong.yaml:14: moscow: /places/0/latitude: found the number 95",
            "3 errors: nothing was written",
        ]
        assert "created" not in result.stdout

    def test_a_dry_run_writes_nothing(self, database: Database) -> None:
        result = run("load", PLACES, "--dry-run", database_url=_url(database))
        again = run("load", PLACES, database_url=_url(database))

        assert "dry run: nothing was written" in result.stdout
        assert re.search(r"place\s*│ 39\s*│ 0\s*│ 0", again.stdout)

    def test_needs_a_migrated_database(self, new_url: str) -> None:
        result = run("load", PLACES, database_url=new_url)

        assert result.exit_code == 1
        assert "timeline db upgrade" in result.stderr


class TestDatabaseCommands:
    def test_upgrade_and_check(self, new_url: str) -> None:
        before = run("db", "check", database_url=new_url)
        upgrade = run("db", "upgrade", database_url=new_url)
        after = run("db", "check", database_url=new_url)

        assert (before.exit_code, upgrade.exit_code, after.exit_code) == (1, 0, 0)
        assert upgrade.stdout == f"no tables -> {NEWEST}\n"
        assert after.stdout.splitlines() == [
            f"schema version {NEWEST}: the tables match this program",
            (
                "no fault in 0 participants, 0 places, 0 offices, 0 publishers, 0 sources, 0 treaties, "
                "0 tags, 0 events and 0 changes"
            ),
            "digest of the last change: none",
        ]

    def test_reading_a_backup_changes_no_byte_of_it(
        self, database: Database, tmp_path: Path
    ) -> None:
        """Otherwise a restore would compare it with the digest beside it, and call it damaged."""
        store(database, *make_cast(), make_event())
        path = tmp_path / "copy.db"
        run("db", "backup", str(path), database_url=_url(database))
        before = path.read_bytes()

        check = run("db", "check", database_url=f"sqlite:///{path}")
        export = run("export", database_url=f"sqlite:///{path}")
        restore = run("db", "restore", str(path), database_url=f"sqlite:///{tmp_path}/new.db")

        assert (check.exit_code, export.exit_code, restore.exit_code) == (0, 0, 0), restore.output
        assert path.read_bytes() == before

    def test_check_prints_each_fault_and_rebuild_repairs_it(self, database: Database) -> None:
        store(database, *make_cast(), make_event())
        with database.write() as connection:
            empty_index(connection)

        check = run("db", "check", database_url=_url(database))
        rebuild = run("db", "rebuild", database_url=_url(database))
        again = run("db", "check", database_url=_url(database))

        assert (check.exit_code, rebuild.exit_code, again.exit_code) == (1, 0, 0)
        wrong = "its search row is missing, or does not match its texts and names"
        assert check.stderr.splitlines() == [f"event 2024-11-01-talks: {wrong}", "1 fault"]

    def test_rebuild_prints_how_many_documents_it_changed(self, database: Database) -> None:
        store(database, *make_cast(), make_event())
        with database.write() as connection:
            connection.execute(update(t.event).values(note="by hand"))

        rebuild = run("db", "rebuild", database_url=_url(database))

        assert rebuild.stdout.startswith("documents changed by the rebuild: 1 of kind event\n")

    @pytest.mark.thorough
    def test_backup_and_restore(self, database: Database, new_url: str, tmp_path: Path) -> None:
        store(database, *make_cast(), make_event())
        path = str(tmp_path / "copy.db")

        backup = run("db", "backup", path, database_url=_url(database))
        again = run("db", "backup", path, database_url=_url(database))
        restore = run("db", "restore", path, database_url=new_url)
        restored_twice = run("db", "restore", path, database_url=new_url)
        checks = [run("db", "check", database_url=url) for url in (new_url, _url(database))]

        assert (backup.exit_code, restore.exit_code) == (0, 0)
        assert re.fullmatch(
            rf"{re.escape(path)}: \d+ bytes; its SHA-256 is in \S+\.sha256\n", backup.stdout
        )
        assert restore.stdout.startswith(f"restored from {path}: 2 participants, 0 places, ")
        assert (again.exit_code, restored_twice.exit_code) == (1, 1)
        assert "no backup was made: " in again.stderr
        assert "nothing was restored: " in restored_twice.stderr
        assert checks[0].stdout == checks[1].stdout

    @pytest.mark.thorough
    def test_salvage_prints_the_losses(
        self, database: Database, new_url: str, tmp_path: Path
    ) -> None:
        store(database, *make_cast(), make_event())
        path = str(tmp_path / "copy.db")
        run("db", "backup", path, database_url=_url(database))
        (tmp_path / "copy.db.sha256").unlink()
        with closing(Database(f"sqlite:///{path}")) as backup, backup.write() as connection:
            connection.execute(update(t.change).where(t.change.c.seq == 4).values(actor="mallory"))

        refused = run("db", "restore", path, database_url=new_url)
        salvaged = run("db", "restore", "--salvage", path, database_url=new_url)
        check = run("db", "check", database_url=new_url)

        line = "change 4: its digest does not match its fields and the digest before it"
        advice = "the backup is damaged; --salvage keeps its intact records"
        assert (refused.exit_code, salvaged.exit_code, check.exit_code) == (1, 0, 0)
        assert refused.stderr.splitlines() == [line, f"nothing was restored: {advice}"]
        assert salvaged.stderr.splitlines() == [line]
        assert salvaged.stdout.splitlines()[0] == "1 fault; the log is as it was up to change 0"
        assert salvaged.stdout.splitlines()[2] == check.stdout.splitlines()[2]

    @pytest.mark.thorough
    def test_a_published_file_is_checked_as_it_is_and_upgraded_to_have_keys(
        self, seeded: Database, tmp_path: Path
    ) -> None:
        path = tmp_path / "published.sqlite"
        with seeded.read() as connection:
            build_snapshot(seeded, newest_seq(connection), path)
        url, before = f"sqlite:///{path}", path.read_bytes()

        check = run("db", "check", database_url=url)
        refused = [run(*each, database_url=url) for each in (("keys", "list"), ("release", "list"))]
        upgrade = run("db", "upgrade", database_url=url)
        keys = run("keys", "create", "editor", database_url=url)
        again = run("db", "check", database_url=url)

        assert (check.exit_code, upgrade.exit_code, keys.exit_code, again.exit_code) == (0,) * 4
        assert check.stdout == again.stdout
        for each in refused:
            assert each.exit_code == 1
            assert each.stderr == (
                "a published file has no tables for keys and releases: timeline db upgrade\n"
            )
        assert before != path.read_bytes()

    def test_upgrade_builds_the_full_text_index_of_existing_events(self, new_url: str) -> None:
        run("db", "upgrade", database_url=new_url)
        database = Database(new_url)
        store(database, *make_cast(), make_event())
        command.downgrade(migrations._config(database.url), "0001")

        upgrade = run("db", "upgrade", database_url=new_url)

        assert upgrade.stdout == (f"0001 -> {NEWEST}\ndocuments and full-text index rebuilt\n")
        with database.read() as connection:
            assert connection.scalars(search_hits(parse_query("talks"))).all()
        database.close()


class TestVerify:
    def test_verifies_every_span(self, articles: Path) -> None:
        result = run("verify", "--articles", str(articles))

        assert result.exit_code == 0
        assert re.fullmatch(r"\d\d+ ok, 0 digest mismatch, 0 article missing\n", result.stdout)

    def test_reports_a_missing_article(self, tmp_path: Path) -> None:
        result = run("verify", "--articles", str(tmp_path))

        assert result.exit_code == 1
        assert result.stdout.startswith("0 ok, 0 digest mismatch, ")
        assert "article missing (article-32bf51e976ece39f)" in result.stderr

    def test_finds_the_sources_of_the_given_records_in_the_seeds(
        self, articles: Path, tmp_path: Path
    ) -> None:
        text = (PROJECT_ROOT / "seeds/events/2024.yaml").read_text()
        (tmp_path / "events.yaml").write_text(text)

        result = run("verify", "--articles", str(articles), str(tmp_path / "events.yaml"))

        assert result.exit_code == 0
        assert ", 0 digest mismatch, 0 article missing" in result.stdout

    def test_reports_a_changed_article(self, articles: Path, tmp_path: Path) -> None:
        for path in articles.glob("*.txt"):
            (tmp_path / path.name).write_text("x" + path.read_text())

        result = run("verify", "--articles", str(tmp_path))

        assert result.exit_code == 1
        assert result.stdout.startswith("0 ok, ")
        assert "digest mismatch (article-760c6a3b12367f31)" in result.stderr

    @pytest.mark.parametrize(
        ("evidence", "text", "told"),
        [
            pytest.param(
                {"selector": {"start": 0, "end": 3}, "digest": digest_of("met")},
                "They met.",
                'digest mismatch (on-file): characters 0 to 3 are "The"; the words with this digest are '
                "now at characters 5 to 8",
                id="words that moved",
            ),
            pytest.param(
                {"quote": "on Friday"},
                "on\u00a0Friday",
                "digest mismatch (on-file): the quote differs from the article in white space; the article "
                'has "on\\u00a0Friday": write exactly that',
                id="a quote",
            ),
            pytest.param({"quote": "met"}, "They met.", "", id="a quote that is right"),
            pytest.param({"quote": "met"}, None, "article missing (on-file)", id="no text"),
        ],
    )
    def test_says_what_the_article_has(
        self, tmp_path: Path, evidence: dict[str, Any], text: str | None, told: str
    ) -> None:
        if text is not None:
            (tmp_path / "000_1.txt").write_text(text)

        result = self._verify(tmp_path, "on-file", evidence)

        assert result.exit_code == bool(told)
        assert result.stderr.strip().endswith(told)

    @pytest.mark.parametrize(
        ("text", "counts"),
        [
            (None, "0 ok, 0 digest mismatch, 0 article missing, 1 without an article"),
            ("They met.", "1 ok, 0 digest mismatch, 0 article missing"),
            ("They meet.", "0 ok, 1 digest mismatch, 0 article missing"),
        ],
        ids=["no copy", "a copy that has the words", "another copy"],
    )
    def test_a_source_without_an_article_may_have_a_copy(
        self, tmp_path: Path, text: str | None, counts: str
    ) -> None:
        if text is not None:
            (tmp_path / "online.txt").write_text(text)

        result = self._verify(tmp_path, "online", {"digest": digest_of("met")})

        assert result.stdout == f"{counts}\n"
        assert result.exit_code == (text == "They meet.")

    def test_an_occurrence_needs_an_article_as_in_a_load(self, tmp_path: Path) -> None:
        (tmp_path / "online.txt").write_text("They met and met.")

        result = self._verify(tmp_path, "online", {"quote": "met", "occurrence": 2})

        assert result.exit_code == 1
        assert "leave occurrence out" in result.stderr

    def _verify(self, folder: Path, source: str, evidence: dict[str, Any]) -> Result:
        cited = [{"source": source, "evidence": [{"supports": ["date"], **evidence}]}]
        event = make_event().to_plain() | {"sources": cited}
        sources = [make_source("on-file", article="000_1"), make_source("online")]
        records = {"sources": [each.to_plain() for each in sources], "events": [event]}
        (folder / "records.json").write_text(json.dumps(records))
        return run("verify", "--articles", str(folder), str(folder / "records.json"))


class TestSpan:
    TEXT = "They met on Friday,\nand on Friday evening."

    @pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "compressed"])
    def test_reads_standard_input(self, pack: Callable[[bytes], bytes]) -> None:
        result = run("span", "-", "met", given=pack(self.TEXT.encode()))

        assert result.stdout == (
            f"# They [met] on Friday,\\nand on Friday even\n- selector: {{start: 5, end: 8}}\n"
            f"  digest: {digest_of('met')}\n"
        )

    @pytest.mark.parametrize(
        ("arguments", "given", "told"),
        [
            (["-", "Sunday"], b"Friday", "standard input: the article does not have this quote"),
            (["-", "x"], b"\xff", "standard input: byte 0xFF is not UTF-8: save the text as UTF-8"),
            (
                ["-", "x"],
                b"\x1f\x8b00",
                "standard input: the compressed data is cut off or damaged",
            ),
            (["nowhere.txt", "x"], b"", "nowhere.txt cannot be read: No such file or directory"),
        ],
        ids=["absent", "not UTF-8", "damaged", "no file"],
    )
    def test_a_refusal_names_the_input(self, arguments: list[str], given: bytes, told: str) -> None:
        result = run("span", *arguments, given=given)

        assert result.exit_code == 1
        assert result.stderr.startswith(told)


class TestLoadInputs:
    @pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "compressed"])
    def test_reads_standard_input(self, database: Database, pack: Callable[[bytes], bytes]) -> None:
        given = pack(Path(PLACES).read_bytes())

        loaded = run("load", "-", "--dry-run", database_url=_url(database), given=given)
        refused = run("load", "-", database_url=_url(database), given=b"tags:\n- {}\n")
        twice = run("load", "-", "-", database_url=_url(database), given=b"")

        assert (loaded.exit_code, re.search(r"place +│ 39 ", loaded.stdout) is not None) == (
            0,
            True,
        )
        assert refused.stderr.startswith("standard input:2: /tags/0/id: is required")
        assert (twice.exit_code, "only once" in twice.stderr) == (2, True)

    def test_a_text_that_is_not_in_the_folder_is_named(
        self, database: Database, tmp_path: Path
    ) -> None:
        store(database, *make_cast(), make_source("on-file", article="000_1"))
        evidence = {"supports": ["date"], "selector": {"start": 0, "end": 1}, "digest": "0" * 64}
        cited = [{"source": "on-file", "evidence": [evidence]}]
        path = tmp_path / "a.json"
        path.write_text(json.dumps({"events": [make_event(sources=cited).to_plain()]}))

        result = run("load", str(path), "--articles", str(tmp_path), database_url=_url(database))

        assert result.exit_code == 0
        assert result.stderr.endswith("not proved, because the folder lacks 1 text: 000_1\n")


class TestMisuse:
    @pytest.mark.parametrize(
        ("arguments", "environment", "message"),
        [
            pytest.param(["lod"], {}, "No such command", id="unknown command"),
            pytest.param(["load"], {}, "Missing argument", id="load without a file"),
            pytest.param(
                ["verify", "--articles", "nowhere"], {}, "not a folder", id="missing folder"
            ),
            pytest.param(
                ["db", "check"],
                {"TIMELINE_POOL_SIZE": "0"},
                "TIMELINE_POOL_SIZE",
                id="setting out of range",
            ),
            pytest.param(
                ["db", "check"],
                {"TIMELINE_DATABASE_URL": "nonsense"},
                "TIMELINE_DATABASE_URL",
                id="not a URL",
            ),
            pytest.param(
                ["db", "check"],
                {"TIMELINE_DATABASE_URL": "mysql://localhost/timeline"},
                "expected sqlite:///file.db or postgresql://",
                id="unsupported engine",
            ),
            pytest.param(
                ["serve"],
                {"TIMELINE_DATABASE_URL": "sqlite://"},
                "expected sqlite:///file.db",
                id="SQLite without a file",
            ),
            pytest.param(
                ["serve"],
                {"TIMELINE_PUBLIC_URL": "ftp://x"},
                "TIMELINE_PUBLIC_URL",
                id="not a web URL",
            ),
            pytest.param(
                ["db", "check"],
                {"TIMELINE_PUBLIC_URL": "https://пример.example"},
                "TIMELINE_PUBLIC_URL: Value error, expected an address such as",
                id="domain that a header cannot hold",
            ),
            pytest.param(
                ["db", "check"],
                {"TIMELINE_PUBLIC_URL": "https://example.org/{id}"},
                "TIMELINE_PUBLIC_URL: Value error, expected an address such as",
                id="base of links with a placeholder",
            ),
            pytest.param(
                ["db", "check"],
                {"TIMELINE_EVENT_PAGE": "https://example.org/{lang}/{id}"},
                "expected an address such as https://example.org/{language}/{id}",
                id="unknown placeholder",
            ),
            pytest.param(
                ["db", "check"],
                {"TIMELINE_RATE_LIMIT": "100 per fortnight"},
                "TIMELINE_RATE_LIMIT: Value error, '100 per fortnight': expected a rate such as 100/minute",
                id="invalid rate",
            ),
            pytest.param(
                ["db", "check"],
                {"TIMELINE_RATE_LIMIT": "1/second;100/hour"},
                "expected a rate such as 100/minute",
                id="two rates",
            ),
            pytest.param(
                ["db", "check"],
                {"TIMELINE_RATE_LIMIT": "0/hour"},
                "allows no request",
                id="rate of zero",
            ),
            pytest.param(
                ["db", "check"],
                {"TIMELINE_RATE_LIMIT_STORAGE": "memcached://localhost"},
                "TIMELINE_RATE_LIMIT_STORAGE: Value error, expected memory:// or redis://",
                id="unsupported storage",
            ),
            pytest.param(["serve", "--port", "70000"], {}, "TIMELINE_PORT", id="port out of range"),
            pytest.param(
                ["db", "check"],
                {"TIMELINE_DATABASE_URL": "postgresql://u:pa@ss:word@127.0.0.1/timeline"},
                "TIMELINE_DATABASE_URL: the port in the URL is not a number",
                id="port of a database in letters",
            ),
            pytest.param(
                ["keys", "list"],
                {"TIMELINE_DATABASE_URL": "sqlite:///tests?timeout=soon"},
                "TIMELINE_DATABASE_URL: an option in the URL has a wrong value",
                id="wrong option of SQLite",
            ),
        ],
    )
    def test_exits_with_2(
        self, arguments: Sequence[str], environment: dict[str, str], message: str
    ) -> None:
        result = run(
            *arguments,
            database_url=environment.pop("TIMELINE_DATABASE_URL", "sqlite:///unused.db"),
            **environment,
        )

        assert result.exit_code == 2
        assert message in result.stderr

    @pytest.mark.parametrize(
        ("option", "message"),
        [
            ("nosuch=1", 'invalid connection option "nosuch"'),
            ("connect_timeout=soon", "bad value for connect_timeout"),
        ],
    )
    def test_an_option_that_postgresql_does_not_know_exits_with_1(
        self, option: str, message: str
    ) -> None:
        result = run("db", "check", database_url=f"postgresql://127.0.0.1:1/timeline?{option}")

        assert (result.exit_code, result.stdout) == (1, "")
        assert message in result.stderr

    def test_a_file_that_is_not_a_database_exits_with_1(self, tmp_path: Path) -> None:
        (tmp_path / "notes.db").write_text("no database " * 100)

        result = run("load", PLACES, database_url=f"sqlite:///{tmp_path}/notes.db")

        assert result.exit_code == 1
        assert "file is not a database" in result.stderr

    def test_a_port_in_use_exits_with_1(self, tmp_path: Path) -> None:
        (tmp_path / "seeds.yaml").write_text("sources: []")
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            result = run(
                "serve",
                database_url=f"sqlite:///{tmp_path}/t.db",
                TIMELINE_SEEDS=str(tmp_path),
                TIMELINE_PORT=str(taken.getsockname()[1]),
            )

        assert result.exit_code == 1
        assert "cannot listen on 127.0.0.1:" in result.stderr
        assert "Address already in use" in result.stderr

    def test_an_unreachable_database_exits_with_1(self) -> None:
        result = run("db", "check", database_url="postgresql://nobody@127.0.0.1:1/nothing")

        assert result.exit_code == 1
        assert "does not answer" in result.stderr
        assert "Traceback" not in result.stderr


class TestRefusedPaths:
    """Paths that the system refuses, as those in a folder of another user. Root may read those."""

    LONG = "x" * 300

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            pytest.param(["load", f"{LONG}.yaml"], 1, id="load"),
            pytest.param(["load", f"{LONG}.yaml", "--articles", LONG], 2, id="load articles"),
            pytest.param(["verify", "--articles", LONG], 2, id="verify"),
            pytest.param(["draft", LONG, "--published", "2024-11-03"], 1, id="draft"),
            pytest.param(["db", "backup", LONG], 1, id="backup"),
        ],
    )
    def test_are_told_in_a_sentence(
        self, new_url: str, arguments: Sequence[str], code: int
    ) -> None:
        run("db", "upgrade", database_url=new_url)

        result = run(*arguments, database_url=new_url)

        assert result.exit_code == code, result.exception
        assert "File name too long" in result.stderr

    @pytest.mark.parametrize("command", [["keys", "list"], ["export"], ["load", "x.yaml"]])
    def test_a_database_is_told_in_a_sentence(self, command: Sequence[str]) -> None:
        result = run(*command, database_url=f"sqlite:///{self.LONG}")

        assert result.exit_code == 1
        assert result.stderr == f"the database {self.LONG} cannot be opened: File name too long\n"

    def test_a_backup_names_the_folder_that_does_not_exist(
        self, new_url: str, tmp_path: Path
    ) -> None:
        run("db", "upgrade", database_url=new_url)

        result = run("db", "backup", str(tmp_path / "none" / "x.db"), database_url=new_url)

        assert result.exit_code == 1
        assert result.stderr == f"no backup was made: there is no folder {tmp_path}/none\n"


class TestExport:
    @pytest.mark.parametrize(
        ("arguments", "beginning"),
        [
            pytest.param([], '{"participants":[{"id":"choe-son-hui",', id="NDJSON"),
            pytest.param(["--format", "json"], '{"participants": [\n{"id":', id="JSON"),
            pytest.param(["--format", "yaml"], "participants:\n- id: choe-son-hui\n", id="YAML"),
        ],
    )
    def test_prints_records(
        self, database: Database, arguments: Sequence[str], beginning: str
    ) -> None:
        store(database, *make_cast(), make_event())

        result = run("export", *arguments, database_url=_url(database))

        assert result.exit_code == 0
        assert result.stdout.startswith(beginning)

    @pytest.mark.thorough
    def test_exits_quietly_when_the_reader_closes_the_pipe(self, database: Database) -> None:
        # Export more than a pipe can buffer.
        store(database, *make_cast(), *(make_event(f"2024-11-01-{n}") for n in range(400)))
        environment = {**os.environ, "TIMELINE_DATABASE_URL": _url(database)}
        command = [sys.executable, "-m", "app", "export"]
        with subprocess.Popen(
            command, cwd=PROJECT_ROOT, env=environment, stdout=PIPE, stderr=PIPE
        ) as process:
            assert process.stdout and process.stderr
            process.stdout.readline()
            process.stdout.close()
            errors = process.stderr.read()

        assert (process.returncode, errors) == (1, b"")

    def test_replaces_a_file_that_loads_back(self, database: Database, tmp_path: Path) -> None:
        store(database, *make_cast(), make_event())
        (tmp_path / "all.yaml").write_text("old")

        result = run("export", "--output", str(tmp_path / "all.yaml"), database_url=_url(database))
        load = run("load", str(tmp_path / "all.yaml"), database_url=_url(database))

        assert (result.exit_code, load.exit_code) == (0, 0)
        assert [path.name for path in tmp_path.iterdir()] == ["all.yaml"]
        assert re.search(r"event\s*│ 0\s*│ 0\s*│ 1", load.stdout)

    @pytest.mark.parametrize("name", ["all.csv", "all.csv.gz"])
    def test_an_export_is_no_table(self, database: Database, tmp_path: Path, name: str) -> None:
        result = run("export", "--output", str(tmp_path / name), database_url=_url(database))

        assert result.exit_code == 2
        assert not [*tmp_path.iterdir()]

    @pytest.mark.parametrize("name", ["all.ndjson.gz", "all.json.gz", "all.yaml.gz", "all.YML.GZ"])
    def test_compresses_a_file_that_loads_back(
        self, database: Database, tmp_path: Path, name: str
    ) -> None:
        store(database, *make_cast(), make_event())
        path = tmp_path / name

        result = run("export", "--output", str(path), database_url=_url(database))
        load = run("load", str(path), database_url=_url(database))

        assert (result.exit_code, load.exit_code) == (0, 0), load.stderr
        assert path.read_bytes().startswith(b"\x1f\x8b")
        assert re.search(r"event\s*│ 0\s*│ 0\s*│ 1", load.stdout)

    @pytest.mark.parametrize(
        ("name", "warning"),
        [
            ("all.ndjson", ""),
            (
                "all.json",
                "warning: timeline load reads at most 0 MB of JSON, and this export has 0",
            ),
            (
                "all.yaml",
                "warning: timeline load reads at most 0 MB of YAML, and this export has 0",
            ),
        ],
    )
    def test_warns_of_a_document_that_no_load_reads(
        self,
        database: Database,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        warning: str,
    ) -> None:
        store(database, *make_cast(), make_event())
        monkeypatch.setattr("app.records.parsing.contents.MAX_DOCUMENT", 100)

        result = run("export", "--output", str(tmp_path / name), database_url=_url(database))

        assert result.exit_code == 0
        assert result.stderr.startswith(warning)
        assert bool(result.stderr) is bool(warning)

    def test_writes_into_a_pipe_and_keeps_it(self, database: Database, tmp_path: Path) -> None:
        store(database, *make_cast())
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

        result = run("export", "--output", str(pipe), database_url=_url(database))

        assert result.exit_code == 0
        assert os.read(reader, 100).startswith(b'{"participants":')
        assert pipe.is_fifo()
        os.close(reader)

    def test_appends_to_the_file_that_the_shell_has_opened(self, tmp_path: Path) -> None:
        url, file = f"sqlite:///{tmp_path / 'timeline.db'}", tmp_path / "all.ndjson"
        with closing(Database(url)) as database:
            create_if_empty(database)
            store(database, *make_cast())
        file.write_text("before\n")
        command = [sys.executable, "-m", "app", "export", "--output", "/dev/stdout"]

        with file.open("ab") as output:
            subprocess.run(
                command, stdout=output, check=True, env={**os.environ, "TIMELINE_DATABASE_URL": url}
            )

        assert file.read_text().startswith('before\n{"participants":')

    def test_replaces_a_link_to_itself(self, database: Database, tmp_path: Path) -> None:
        store(database, *make_cast())
        link = tmp_path / "all.ndjson"
        link.symlink_to(link)

        result = run("export", "--output", str(link), database_url=_url(database))

        assert result.exit_code == 0
        assert link.read_text().startswith('{"participants":')

    def test_keeps_a_link_to_the_file(self, database: Database, tmp_path: Path) -> None:
        store(database, *make_cast())
        link, file = tmp_path / "newest.ndjson", tmp_path / "there" / "all.ndjson"
        file.parent.mkdir()
        link.symlink_to(file)

        result = run("export", "--output", str(link), database_url=_url(database))

        assert result.exit_code == 0
        assert link.is_symlink()
        assert file.read_text().startswith('{"participants":')

    def test_refuses_a_missing_folder(self, database: Database, tmp_path: Path) -> None:
        path = str(tmp_path / "nowhere" / "all.yaml")

        result = run("export", "--output", path, database_url=_url(database))

        assert result.exit_code == 1
        assert result.stderr == f"{path} was not written: No such file or directory\n"

"""docs/archives.md: each command prints the lines below it."""

import re
import shlex
from pathlib import Path

import pytest

from app.tables.database import Database
from app.writing.releases import create_release
from tests.docs.pages import DOCS, read_blocks
from tests.support.builders import make_cast, make_event, store
from tests.support.commands import run

PAGE = DOCS / "archives.md"
_STEP = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def _parted(pair: str) -> tuple[str, str, str]:
    return pair.partition("=")


def _release(database: Database) -> None:
    store(database, *make_cast())
    store(database, make_event())
    with database.write() as connection:
        create_release(connection, "2026-11")


def test_each_command_prints_the_lines_below_it(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _release(database)
    monkeypatch.chdir(tmp_path)
    [block] = read_blocks(PAGE, "console")
    settings: dict[str, str] = {}

    for command, shown in _STEP.findall(block):
        match shlex.split(command):
            case ["export", *pairs]:
                settings.update((name, value) for name, _, value in map(_parted, pairs))
                printed = ""
            case ["cat", path]:
                printed = Path(path).read_text()
            case ["timeline", *arguments]:
                url = database.url.render_as_string(hide_password=False)
                printed = run(*arguments, database_url=url, **settings).output
            case other:
                pytest.fail(f"unknown command: {other}")
        pattern = re.escape(shown).replace("…", ".*")
        assert re.fullmatch(pattern, printed, re.DOTALL), f"{command} printed {printed}"


def test_the_table_names_each_file(database: Database, tmp_path: Path) -> None:
    _release(database)
    url = database.url.render_as_string(hide_password=False)
    names = {"TIMELINE_PUBLISHER": "A", "TIMELINE_PUBLIC_URL": "https://example.org"}
    run("release", "publish", str(tmp_path / "out"), database_url=url, **names)
    rows = re.findall(r"^\| (`.*?) \|", PAGE.read_text(), re.MULTILINE)

    described = {name for row in rows for name in re.findall(r"`(.+?)`", row)}

    assert described == {path.name for path in (tmp_path / "out").iterdir()}

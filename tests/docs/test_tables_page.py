"""docs/recipes/tables.md: each program prints the output below it."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from app.tables.database import Database
from tests.docs.pages import HOST, RECIPES
from tests.support.apps import client_of
from tests.support.table_programs import command_of

PAGE = (RECIPES / "tables.md").read_text()
# A timeout that every program keeps on a busy machine.
SECONDS = 120

_DOWNLOAD = re.compile(rf"^curl -o (\S+) '{re.escape(HOST)}(\S+)'$", re.MULTILINE)
_HEADING = re.compile(r"^### (.+)$", re.MULTILINE)
_PROGRAM = re.compile(
    r"^```(python|r)\n(.*?)^```\n(?:```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL
)
_TOOLS = ("pandas", "polars", "duckdb")
# Of Parquet, for which Debian has no package for R.
_WITHOUT_R = {"On which houses do the events of a year rest?"}

pytestmark = [pytest.mark.tables, pytest.mark.sqlite]


class Program(NamedTuple):
    """A program of the page, and the output that the page shows."""

    language: str
    text: str
    output: str


PROGRAMS = [Program(*found) for found in _PROGRAM.findall(PAGE)]


def _name(program: Program) -> str:
    tool = next((tool for tool in _TOOLS if f"import {tool}" in program.text), program.language)
    question = _HEADING.findall(PAGE.partition(program.text)[0])[-1]
    return f"{tool}: {question}"


@pytest.fixture(scope="module")
def files(seeded_sqlite: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the page downloads."""
    folder = tmp_path_factory.mktemp("tables")
    with client_of(seeded_sqlite) as client:
        for name, path in _DOWNLOAD.findall(PAGE):
            answer = client.get(path)
            assert answer.status_code == 200, answer.text
            (folder / name).write_bytes(answer.content)
    return folder


@pytest.mark.parametrize("program", PROGRAMS, ids=_name)
def test_the_program_prints_the_output(program: Program, files: Path) -> None:
    command = command_of(program.language)
    script = files / f"program.{program.language}"
    script.write_text(program.text)

    done = subprocess.run(
        [*command, script.name],
        cwd=files,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert _lines(done.stdout) == _lines(program.output)


def _lines(text: str) -> list[str]:
    """Return the lines without the spaces in which R ends a row."""
    return [line.rstrip() for line in text.splitlines()]


def test_each_question_has_a_program_for_each_tool() -> None:
    named = [_name(program) for program in PROGRAMS]
    questions = {name.partition(": ")[2] for name in named}

    assert len(questions) == 4
    assert {*named} == {
        f"{tool}: {question}"
        for question in questions
        for tool in (*_TOOLS, *(() if question in _WITHOUT_R else ("r",)))
    }

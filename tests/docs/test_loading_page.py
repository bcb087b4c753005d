"""The examples in docs/loading.md are valid files, and the reader reports the errors it shows."""

import os
import re
from pathlib import Path

import pytest
from typer.testing import Result

from app.settings import PROJECT_ROOT
from app.tables.database import Database
from tests.support.builders import read_data
from tests.support.commands import run
from tests.support.seed_records import read_seeds

PAGE = (PROJECT_ROOT / "docs/loading.md").read_text()
RECORDS = """\
participants:
- id: lavrov
  kind: person
  country: RU
  names: {en: Sergey Lavrov}
- id: choe-son-hui
  kind: persn
"""
EVENTS = (
    "id,type,subtype,status,confidence,date,title_en,summary_en,participant_ids,"
    "participant_roles,participant_sides,source_ids\n"
    "2024-11-01-talks,meeting,working,occurred,high,2024-11-01,T,S,a;b,host;gest,RU;KP,tass-1\n"
)


def _example(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_examples_are_valid_files() -> None:
    read = [read_data(text.encode(), "example.yaml", ".yaml") for text in _example("yaml")]

    assert [(len(located), errors) for located, errors in read] == [(2, []), (1, []), (2, [])]


def test_the_examples_change_nothing_of_the_seeds() -> None:
    """A reader may try them."""
    read = [read_data(text.encode(), "example.yaml", ".yaml") for text in _example("yaml")]
    ids = {located.record.id for found, _ in read for located in found}

    assert ids & {each.record.id for each in read_seeds()} == set()


@pytest.fixture
def example(seeded: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the page, in the folder in which the commands run; no command writes to the seeds."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIMELINE_DATABASE_URL", seeded.url.render_as_string(hide_password=False))
    (tmp_path / "texts").mkdir()
    (text,) = (each for each in _example("text") if each.startswith("PYONGYANG"))
    (tmp_path / "texts/example-text.txt").write_text(text)
    return tmp_path / "example.yaml"


def _run(*arguments: str) -> Result:
    url = os.environ["TIMELINE_DATABASE_URL"]
    return run(*arguments, database_url=url)


@pytest.mark.thorough
def test_the_commands_print_what_is_shown(example: Path) -> None:
    plain, _, quoted = _example("yaml")
    counted, spans, _ = _example("console")
    example.write_text(plain)
    assert _run("load", "example.yaml", "--dry-run").output == counted

    example.write_text(quoted)
    loaded = _run("load", "example.yaml", "--articles", "texts", "--dry-run")
    found = _run("span", "texts/example-text.txt", "on Friday")

    assert loaded.exit_code == 0
    assert loaded.output == counted.replace("example-paper", "example-article")
    assert found.stdout == spans


@pytest.mark.parametrize(
    ("old", "new"),
    [("on Friday, occurrence: 2", "on Friday"), ("The ministers spoke", "Tuesday. They")],
    ids=["twice", "white space"],
)
def test_a_wrong_quote_is_refused_as_shown(example: Path, old: str, new: str) -> None:
    *_, quoted = _example("yaml")
    example.write_text(quoted.replace(old, new))

    refused = _run("load", "example.yaml", "--articles", "texts", "--dry-run")

    error, _ = refused.stderr.splitlines()
    assert error in PAGE.splitlines()


def test_the_reader_reports_the_shown_errors() -> None:
    _, errors = read_data(RECORDS.encode(), "records.yaml", ".yaml")
    _, in_csv = read_data(EVENTS.encode(), "events.csv", ".csv")
    shown = [
        line
        for line in "".join(_example("text")).splitlines()
        if line.startswith(("records.yaml", "events.csv"))
    ]

    reported = [str(error) for error in (*errors, *in_csv)]

    missing = [
        line for line in shown if not any(each.startswith(line.rstrip("…, ")) for each in reported)
    ]
    assert missing == []

"""`timeline lint`."""

import json
from pathlib import Path

import pytest

from app.linting.rules import RULES
from tests.support.commands import run

EVENT = """\
events:
- id: 2024-11-01-talks
  type: meeting
  subtype: consultations
  status: occurred
  confidence: medium
  date: '2024-11-02'
  title: {en: Talks, fr: Entretiens, ru: Переговоры, ko: 회담}
  summary: {en: They talked.}
  participants: [{id: sergey-lavrov, role: host, side: RU}]
  sources: [tass-1]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with one finding."""
    path = tmp_path / "events.yaml"
    path.write_text(EVENT)
    return path


@pytest.mark.thorough
def test_the_seeds_have_no_finding() -> None:
    result = run("lint")

    assert result.stderr == ""
    assert result.stdout.startswith("no finding in ")
    assert result.exit_code == 0


def test_findings_are_lines_and_the_exit_code_is_1(file: Path, tmp_path: Path) -> None:
    result = run("lint", str(file), TIMELINE_SEEDS=str(tmp_path / "none"))

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"{file}:7: event '2024-11-01-talks': its id says 2024-11-01, and its date 2024-11-02 "
        "[id-date]\n1 finding\n"
    )


def test_reads_standard_input(tmp_path: Path) -> None:
    seeds = str(tmp_path / "none")

    found = run("lint", "-", given=EVENT, TIMELINE_SEEDS=seeds)
    refused = run("lint", "-", given="events: 1", TIMELINE_SEEDS=seeds)

    assert found.exit_code == refused.exit_code == 1
    assert found.stderr.startswith("standard input:7: event '2024-11-01-talks': its id says")
    assert refused.stderr.startswith("standard input:1: /events: found the number 1")


def test_findings_as_json(file: Path, tmp_path: Path) -> None:
    result = run("lint", "--format", "json", str(file), TIMELINE_SEEDS=str(tmp_path / "none"))

    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "file": str(file),
            "line": 7,
            "kind": "event",
            "id": "2024-11-01-talks",
            "pointer": "/date",
            "problem": "its id says 2024-11-01, and its date 2024-11-02",
            "rule": "id-date",
        }
    ]


@pytest.mark.thorough
def test_a_file_may_refer_to_the_seeds_and_contradict_them(tmp_path: Path) -> None:
    """The event is in the seeds too, on the same day with the same people."""
    path = tmp_path / "more.yaml"
    event = EVENT.replace("2024-11-01-talks", "2024-11-01-more-talks").replace("-02", "-01")
    both = "[{id: sergey-lavrov, role: host, side: RU}, {id: choe-son-hui, role: guest, side: RU}]"
    event = event.replace("[{id: sergey-lavrov, role: host, side: RU}]", both)
    path.write_text(event)

    result = run("lint", str(path))

    assert result.exit_code == 1
    assert "'choe-son-hui' is of KP, and acts for RU [side-of-country]" in result.stderr
    assert "'2024-11-01-lavrov-choe-strategic-consultations' has the same type" in result.stderr


def test_exceptions_are_read_beside_the_file(file: Path, tmp_path: Path) -> None:
    (tmp_path / "lint.toml").write_text('[id-date.event]\n2024-11-01-talks = "Corrected."\n')

    result = run("lint", str(file), TIMELINE_SEEDS=str(tmp_path / "none"))

    assert result.stdout == "no finding in 1 record\n"
    assert result.exit_code == 0


def test_a_malformed_exception_is_refused(file: Path, tmp_path: Path) -> None:
    (tmp_path / "lint.toml").write_text("[id-date.event]\na = 1\n")

    result = run("lint", str(file), TIMELINE_SEEDS=str(tmp_path / "none"))

    assert result.exit_code == 1
    assert result.stderr == (
        f'{tmp_path}/lint.toml:2: an exception needs its reason: write id = "…"; nothing was '
        "checked\n"
    )


def test_records_with_errors_are_not_checked(tmp_path: Path) -> None:
    (tmp_path / "places.yaml").write_text("places: [{id: moscow}]")

    result = run("lint", str(tmp_path))

    assert result.exit_code == 1
    assert "is required" in result.stderr
    assert result.stderr.endswith("errors: nothing was checked\n")


def test_the_rules_are_printed_with_their_reasons() -> None:
    result = run("lint", "--rules")

    assert result.exit_code == 0
    for rule in RULES:
        assert f"{rule.id}\n  {rule.demand}\n  Why: {rule.reason}\n" in result.stdout

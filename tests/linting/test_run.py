"""Findings with their positions, exceptions, and the seeds, which have no finding."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from app.domain.vocabulary import EntityKind
from app.linting.exceptions import ExceptionsError, LintException, read_exceptions
from app.linting.run import UNUSED_EXCEPTION, lint
from app.records.models import Record
from app.records.parsing.files import read_files
from app.records.parsing.positions import LocatedRecord
from tests.support.builders import (
    located,
    make_cast,
    make_event,
    make_participant,
    make_source,
)

TODAY = date(2026, 11, 28)
RECORDS = """\
participants:
- {id: sergey-lavrov, kind: person, country: RU, names: {en: Sergey Lavrov}}
- {id: choe-son-hui, kind: person, country: KP, names: {en: Choe Son Hui}}
sources:
- {id: tass-1, language: en, url: 'https://example.org/1'}
"""
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
  participants:
  - {id: sergey-lavrov, role: host, side: KP}
  - {id: choe-son-hui, role: guest, side: KP}
  sources: [tass-1]
"""
EXCEPTION = '[id-date.event]\n2024-11-01-talks = "The date was corrected."\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of records with two faults."""
    (tmp_path / "records.yaml").write_text(RECORDS)
    (tmp_path / "events.yaml").write_text(EVENT)
    return tmp_path


def _read(path: Path) -> list[LocatedRecord]:
    records, errors = read_files([path])
    assert errors == []
    return records


def _lint(folder: Path, exceptions: str = "") -> list[str]:
    (folder / "lint.toml").write_text(exceptions)
    found = read_exceptions(folder / "lint.toml")
    return [str(finding) for finding in lint(_read(folder), [], found, TODAY)]


def test_a_finding_names_its_line_record_fault_and_rule(folder: Path) -> None:
    event = "event '2024-11-01-talks'"

    assert _lint(folder) == [
        f"{folder}/events.yaml:7: {event}: its id says 2024-11-01, and its date 2024-11-02 [id-date]",
        f"{folder}/events.yaml:11: {event}: 'sergey-lavrov' is of RU, and acts for KP [side-of-country]",
    ]


def test_an_exception_is_for_one_rule_and_one_record(folder: Path) -> None:
    found = _lint(folder, EXCEPTION)

    assert len(found) == 1
    assert found[0].endswith("[side-of-country]")


@pytest.mark.parametrize(
    "id", [pytest.param("2024-11-01-talks", id="sound"), pytest.param("no-such", id="unknown")]
)
def test_an_exception_that_excepts_nothing_is_a_finding(folder: Path, id: str) -> None:
    unused = f'\n[two-senders.event]\n{id} = "It is known."\n'

    assert _lint(folder, EXCEPTION + unused)[-1] == (
        f"{folder}/lint.toml:5: event '{id}': the record does not break the rule 'two-senders': "
        f"remove the exception [{UNUSED_EXCEPTION}]"
    )


def test_known_records_are_not_checked(folder: Path) -> None:
    events, others = folder / "events.yaml", folder / "records.yaml"
    (folder / "lint.toml").write_text(EXCEPTION)
    exceptions = read_exceptions(folder / "lint.toml")

    of_events = lint(_read(events), _read(others), exceptions, TODAY)
    of_others = lint(_read(others), _read(events), exceptions, TODAY)

    assert [finding.rule for finding in of_events] == ["side-of-country"]
    assert of_others == []


class TestPairs:
    """Of two records that break a rule together, the one that is checked is at fault."""

    def _lint(
        self, records: list[Record], known: list[Record], exceptions: Sequence[LintException] = ()
    ) -> list[tuple[str, str]]:
        found = lint([*map(located, records)], [*map(located, known)], exceptions, TODAY)
        pairs = ("near-duplicate", "same-address", "shared-name")
        return [(each.rule, each.id) for each in found if each.rule in pairs]

    def test_an_event_with_the_lower_id(self) -> None:
        known = [*make_cast(), make_event("2024-11-01-talks-2")]

        assert self._lint([make_event()], known) == [("near-duplicate", "2024-11-01-talks")]

    def test_a_record_that_replaces_an_earlier_one(self) -> None:
        url, names = "https://example.org/tass-2", {"en": "Maria"}
        known = [
            *(make_source("tass-1"), make_source("tass-2")),
            *(make_participant("ann"), make_participant("maria", names=names)),
        ]

        found = self._lint(
            [make_source("tass-1", url=url), make_participant("ann", names=names)], known
        )

        assert {*found} == {("same-address", "tass-1"), ("shared-name", "ann")}

    def test_an_exception_for_the_other_counts(self) -> None:
        event, other = make_event(), make_event("2024-11-01-talks-2")
        exception = LintException("near-duplicate", EntityKind.EVENT, other.id, "lint.toml", 1)

        assert self._lint([event], [*make_cast(), other], [exception]) == []


def test_a_withdrawn_record_counts_no_more(folder: Path) -> None:
    reason = "reason: it was a mistake"
    withdrawal = f"withdrawals:\n- {{kind: event, id: 2024-11-01-talks, {reason}}}\n"
    (folder / "withdrawals.yaml").write_text(withdrawal)
    given, known = _read(folder / "withdrawals.yaml"), _read(folder / "events.yaml")

    assert lint(given, known, [], TODAY) == []
    # Nothing uses the others any more.
    rest = lint([*given, *_read(folder / "records.yaml")], known, [], TODAY)
    assert {finding.rule for finding in rest} == {"unused"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[id-dat.event]\na = 'b'", "2: no rule is named 'id-dat'; did you mean 'id-date'?"),
        (
            "[xyz.event]\na = 'b'",
            "2: no rule is named 'xyz'; `timeline lint --rules` lists them",
        ),
        ("[id-date.evnt]\na = 'b'", "2: 'evnt' is not a kind of record: write [id-date.event], wi"),
        ("[id-date]\na = 'b'", "1: 'a' is not a kind of record: write [id-date.event], with one"),
        ("id-date = 1", "1: '' is not a kind of record: write [id-date.event], with one of: "),
        ("\n[id-date.event]\na = ' '", '3: an exception needs its reason: write id = "…"'),
        ("[id-date.event]\na = 1", '2: an exception needs its reason: write id = "…"'),
        ("[id-date", " cannot be read: "),
    ],
)
def test_a_malformed_exception_is_refused(folder: Path, text: str, problem: str) -> None:
    with pytest.raises(ExceptionsError) as refused:
        _lint(folder, text)

    assert str(refused.value).startswith(f"{folder}/lint.toml:{problem}")

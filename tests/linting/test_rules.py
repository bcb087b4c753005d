"""Each rule of the linter finds its fault, and only this one."""

from datetime import date

import pytest

from app.linting.french import find_past
from app.linting.index import index_records
from app.linting.rule import Breach
from app.linting.rules import RULES
from tests.linting.broken import BROKEN
from tests.linting.cases import Made
from tests.linting.sound import SOUND

TODAY = date(2026, 11, 28)


def _broken_rules(records: Made) -> list[str]:
    index = index_records(records, TODAY, proofs=())
    return [rule.id for rule in RULES for _ in rule.check(index)]


def _about(subject: tuple[type, str], breaches: list[Breach]) -> list[object]:
    """Return the breaches of the record. The words of a pair name either, so they do not count."""
    told: list[object] = []
    for record, pointer, text, other in breaches:
        ids = {(type(each), each.id) for each in (record, other) if each}
        if subject in ids:
            told.append(ids if other else (ids, pointer, text))
    return told


def test_each_rule_has_an_id_and_is_tested() -> None:
    ids = [rule.id for rule in RULES]

    assert len(set(ids)) == len(ids)
    assert set(ids) == BROKEN.keys()


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_finds_its_fault_and_no_other(rule: str) -> None:
    assert BROKEN[rule], rule
    for records in BROKEN[rule]:
        assert set(_broken_rules(records)) == {rule}, records[-1]


@pytest.mark.parametrize("rule", BROKEN)
def test_a_record_that_is_judged_alone_has_the_same_breaches(rule: str) -> None:
    (check,) = (each.check for each in RULES if each.id == rule)
    for records in BROKEN[rule]:
        found = [*check(index_records(records, TODAY, proofs=()))]
        for record in records:
            subject = (type(record), record.id)
            alone = [*check(index_records(records, TODAY, {subject}, ()))]

            assert _about(subject, alone) == _about(subject, found)


@pytest.mark.parametrize("case", SOUND)
def test_sound_records_have_no_finding(case: str) -> None:
    assert _broken_rules(SOUND[case]) == []


class TestFrench:
    @pytest.mark.parametrize(
        ("text", "past"),
        [
            ("Lavrov a reçu Choe.", "a reçu"),
            ("Les ministres ont aussi signé un accord.", "ont aussi signé"),
            ("Ils se sont entretenus de la paix.", "se sont entretenus"),
            ("Kim s’est rendu à Moscou.", "s’est rendu"),
            ("Il est arrivé à Pyongyang.", "est arrivé"),
            ("La visite devait durer deux jours.", "devait"),
            ("Lavrov était présent.", "était"),
            ("L'accord fut signé.", "fut"),
            ("Lavrov reçoit Choe. Tous deux ont parlé de paix.", "ont parlé"),
            ("L'accord est signé à Moscou.", None),
            ("Il dit que Moscou a accepté.", None),
            ("Lavrov, qui a reçu Choe, part pour Pékin.", None),
            ("Les entretiens ont aussi lieu à Moscou.", None),
            ("Kim lui avait offert deux chiens.", None),
            ("Iazov était venu la veille.", None),
            ("Il dit qu'une note a été remise.", None),
            ("Lavrov se rend à Pyongyang.", None),
        ],
    )
    def test_the_past_is_found_in_main_clauses(self, text: str, past: str | None) -> None:
        assert find_past(text) == past

"""Each rule of the linter finds its fault, and only this one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from app.linting.index import index_records
from app.linting.rules import RULES
from app.linting.rules.french import find_past
from app.records.models import (
    OfficeRecord,
    PublisherRecord,
    Record,
    TagRecord,
)
from tests.support.builders import (
    CHOE,
    LAVROV,
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_source,
    make_treaty,
)

TODAY = date(2026, 11, 28)
DAY = "2024-11-01"
KIM = {"id": "kim-jong-un", "role": "sender", "side": "KP"}
PUTIN = {"id": "vladimir-putin", "role": "recipient", "side": "RU"}
Made = Sequence[Record]


def _event(id: str = f"{DAY}-talks", **fields: Any) -> Record:
    return make_event(id, **{"confidence": "medium", **fields})


def _talks(**fields: Any) -> list[Record]:
    """Make an event without a fault, and the records that it names."""
    return [*make_cast(), _event(**fields)]


def _office(id: str = "kp-foreign-minister", **fields: Any) -> Record:
    given = {"names": {"en": "Minister"}, "rank": "foreign_minister", "country": "KP", **fields}
    return OfficeRecord.model_validate({"id": id, **given})


def _publisher(id: str, **fields: Any) -> Record:
    given = {"id": id, "names": {"en": id.upper()}, "kind": "newspaper", **fields}
    return PublisherRecord.model_validate(given)


def _tag(id: str = "military", **fields: Any) -> Record:
    given = {"id": id, "names": {"en": id}, "definition": {"en": "Acts of armed forces."}, **fields}
    return TagRecord.model_validate(given)


def _in_office(office: dict[str, Any], *positions: dict[str, Any]) -> list[Record]:
    """Make talks with Choe in an office, which these of her positions name, or one without dates."""
    terms: Sequence[dict[str, Any]] = positions or [{}]
    held = [{"title": "Minister", "office": "kp-foreign-minister", **each} for each in terms]
    lavrov, _, source = make_cast()
    choe = make_participant("choe-son-hui", country="KP", positions=held)
    event = _event(participants=[LAVROV, {**CHOE, "office": "kp-foreign-minister"}])
    return [lavrov, choe, source, _office(**office), event]


def _in_offices(one: Record, other: Record) -> list[Record]:
    """Make talks with Choe in one office, and a call a year later with her in the other."""
    held = [{"title": f"Minister {each.id}", "office": each.id} for each in (one, other)]
    lavrov, _, source = make_cast()
    choe = make_participant("choe-son-hui", country="KP", positions=held)
    talks = _event(participants=[LAVROV, {**CHOE, "office": one.id}])
    call = _event("2025-11-01-call", participants=[LAVROV, {**CHOE, "office": other.id}])
    return [lavrov, choe, source, one, other, talks, call]


def _reported(confidence: str, *sources: dict[str, Any], **publishers: Any) -> list[Record]:
    """Make talks with this confidence, reported by these sources of these publishers."""
    made = [make_source(f"s-{number}", **each) for number, each in enumerate(sources)]
    houses = [_publisher(id, **fields) for id, fields in publishers.items()]
    event = _event(confidence=confidence, sources=[each.id for each in made])
    return [*make_cast()[:2], *made, *houses, event]


def _letters(*events: Record) -> list[Record]:
    kim, putin = make_participant("kim-jong-un", country="KP"), make_participant("vladimir-putin")
    return [kim, putin, make_source(), *events]


def _letter(id: str = f"{DAY}-letter", **fields: Any) -> Record:
    letter = {"type": "letter", "subtype": "message", "participants": [KIM, PUTIN]}
    return _event(id, **{**letter, **fields})


def _at(*places: Record) -> list[Record]:
    return [*_talks(place=places[0].id), *places]


def _related(type: str, date: str, other: str) -> list[Record]:
    """Make talks on the date, related to a visit on the other."""
    visit = _event("2024-visit", date=other, type="visit", subtype="official")
    talks = _event("2024-talks", date=date, relations=[{"type": type, "event": "2024-visit"}])
    return [*make_cast(), visit, talks]


def _stage(subtype: str, text: str, id: str = f"{DAY}-stage") -> Record:
    treaty = {"type": "treaty", "subtype": subtype, "treaty": "friendship-treaty"}
    return _event(id, **treaty, summary={"en": text})


STATE_AGENCY = {"kind": "agency", "state": True}
# For each rule, records that break it and no other rule.
BROKEN: dict[str, list[Made]] = {
    "occurred-in-future": [_talks(id="2027-03-01-talks")],
    "id-date": [_talks(date="2024-11-02"), _talks(id="2024-11-talks", date="2024-12/2024-12-04")],
    "relation-order": [
        _related("part_of", "2024-06-18", "2024-06-19/2024-06-20"),
        _related("part_of", "2024-06-18/2024-06-21", "2024-06-19/2024-06-20"),
        _related("follows", "2024-05", "2024-06-01"),
        _related("replies_to", "2024-05-31", "2024-06"),
        _related("announces", "2024-06-20", "2024-06-19"),
    ],
    "reported-after": [
        [*make_cast()[:2], make_source(published="2024-10-30"), _event()],
        [*make_cast()[:2], make_source(published="2024-09"), _event()],
    ],
    "ends-before-it-begins": [
        _in_office({"from": "2025", "to": "2024"}),
        _in_office({}, {"from": "2025-02", "to": "2025-01"}),
    ],
    "side-of-country": [_talks(participants=[{**LAVROV, "side": "KP"}, CHOE])],
    "side-of-its-time": [
        _talks(participants=[{**LAVROV, "side": "SU"}, CHOE]),
        _talks(id="1988-11-01-talks", date="1988-11"),
    ],
    "office-of-country": [_in_office({"country": "CN"})],
    "office-existed": [
        _in_office({"from": "2024-11-02"}),
        _in_office({"to": "2024-10"}),
        _in_office({"from": "2023"}, {"from": "2022-06"}),
    ],
    "office-held": [_in_office({}, {"from": "2024-11-02"}), _in_office({}, {"to": "2024-10-31"})],
    "office-of-person": [
        [
            *make_cast(),
            make_participant("ministry", kind="organisation", country="KP"),
            _office(),
            _event(
                participants=[
                    LAVROV,
                    CHOE,
                    {
                        "id": "ministry",
                        "role": "host",
                        "side": "KP",
                        "office": "kp-foreign-minister",
                    },
                ]
            ),
        ]
    ],
    "office-among-positions": [[*make_cast(), *_in_office({})[3:]]],
    "capacity-beside-office": [
        [
            *_in_office({"aliases": ["Foreign Minister"]})[:-1],
            _event(
                participants=[
                    LAVROV,
                    {**CHOE, "office": "kp-foreign-minister", "capacity": "FOREIGN MINISTER"},
                ]
            ),
        ]
    ],
    "one-term-at-a-time": [
        _in_office({}, {"from": "2018", "to": "2025"}, {"from": "2024", "to": "2026"}),
        _in_office({}, {"from": "2024"}, {}),
        _in_office({}, {"from": "2022"}, {"from": "2024", "to": "2025"}),
    ],
    "confidence": [
        _reported("high", {}),
        _reported("high", {"publisher": "tass"}, {"publisher": "tass"}, tass={}),
        _reported("high", {"publisher": "a"}, {"publisher": "b", "agency": "a"}, a={}, b={}),
        _reported("high", {"publisher": "a"}, {"publisher": "b"}, a={}, b={"house": "a"}),
        _reported("high", {"publisher": "a"}, {"agency": "b"}, a={}, b={"house": "a"}),
        _reported("high", {"publisher": "a"}, a={"kind": "agency", "state": True, "country": "CN"}),
        _reported("medium", {}, {}),
        _reported("low", {"publisher": "a"}, {"publisher": "b"}, a={}, b={}),
    ],
    "near-duplicate": [
        [*_talks(), _event("2024-11-02-talks")],
        [*_talks(), _event("2024-11-talks", date="2024-11")],
        [*_talks(), _event("2024-12-talks", date="2024-11-02/2024-12-02")],
        _letters(_letter(), _letter(f"{DAY}-second")),
    ],
    "two-senders": [_letters(_letter(participants=[KIM, {**PUTIN, "role": "sender"}]))],
    "same-address": [
        [
            *_talks(sources=["tass-1", "tass-2"], confidence="high"),
            make_source("tass-2", url="http://m.Example.org./tass-1/amp?utm_source=feed#text"),
        ]
    ],
    "archived-address": [
        [
            *_talks()[:2],
            make_source(url="https://web.archive.org/web/2024/http://x.example/1"),
            _event(),
        ],
        [*_talks()[:2], make_source(archived_url="https://example.org/copy"), _event()],
    ],
    "agency-apart": [_reported("medium", {"publisher": "a", "agency": "a"}, a={})],
    "house-of-copies": [
        _reported("medium", {"publisher": "a"}, a={"house": "b"}, b={"house": "c"}, c={})
    ],
    "narrowest-tag": [
        [
            *_talks(tags=["army", "military"]),
            *(_tag("army", broader="forces"), _tag("forces", broader="military"), _tag("military")),
        ]
    ],
    "untold-stage": [[*make_cast(), make_treaty(), _stage("signed", "It was ratified in May.")]],
    "point-in-country": [_at(make_place(latitude=37.62, longitude=55.75))],
    "part-near-whole": [
        _at(make_place("hall", part_of="moscow", latitude=56.5), make_place()),
        _at(make_place("hall", part_of="moscow", country="FR"), make_place()),
    ],
    "alias-repeats-name": [
        [make_participant(aliases=["SERGEY-LAVROV"]), *_talks()[1:]],
        [make_participant(aliases=["Lavrov, S.", "Lavrov S"]), *_talks()[1:]],
    ],
    "shared-name": [
        [
            make_participant(aliases=["CHOE Son-Hui"]),
            *_talks()[1:],
        ],
        [
            *_talks(tags=["army", "forces"]),
            _tag("army"),
            _tag("forces", names={"en": "forces", "fr": "Army"}),
        ],
        _in_offices(_office(to="2026"), _office("kp-minister", **{"from": "2023"})),
    ],
    "plan-as-fact": [
        _talks(summary={"en": "He was to meet the speaker."}),
        _talks(summary={"en": "They will sign it later."}),
    ],
    "french-present": [
        _talks(title={"en": "Talks", "fr": "Lavrov a reçu Choe"}),
        _talks(summary={"en": "They talked.", "fr": "Les ministres se sont entretenus."}),
    ],
    "unused": [
        [*_talks(), make_place()],
        [*_talks(), make_participant("ivan-petrov")],
        [*_talks(), make_source("tass-2")],
        [*_talks(), make_treaty()],
        [*_talks(), _office()],
        [*_talks(), _publisher("tass")],
        [*_talks(), _tag()],
    ],
    "tag-defined": [[*_talks(tags=["military"]), _tag(definition=None)]],
}
# Records that come near to a fault.
SOUND: dict[str, Made] = {
    "the plain event": _talks(),
    "an announced plan": _talks(id="2027-03-01-talks", status="announced"),
    "a date known to the month": _talks(date="2024-11"),
    "a source of the day": [*make_cast()[:2], make_source(published=DAY), _event()],
    "a source of the day before": [
        *(*make_cast()[:2], make_source(published="2024-10-31"), _event())
    ],
    "a later source beside an early one": [
        *_talks(sources=["tass-0", "tass-1"], confidence="high"),
        make_source("tass-0", published="2024-10-01"),
    ],
    "a Soviet official of Russia": _talks(
        id="1988-11-01-talks", participants=[{**LAVROV, "side": "SU"}, CHOE]
    ),
    "an office of its day": _in_office({"from": "2024-11", "to": "2025"}, {"from": "2024-11-01"}),
    "a position of an unknown time": _in_office({"from": "2024"}, {}),
    "two houses": _reported("high", {"publisher": "a"}, {"publisher": "b"}, a={}, b={}),
    "an agency of one side": _reported(
        "high", {"publisher": "a"}, a={**STATE_AGENCY, "country": "KP"}
    ),
    "a government of one side": _reported(
        "high", {"publisher": "a"}, a={"kind": "government", "country": "RU"}
    ),
    "a state company of one side": _reported(
        "high", {"publisher": "a"}, a={"kind": "other", "state": True, "country": "RU"}
    ),
    "a rumour in two papers": [
        *_reported("low", {}, {})[:-1],
        _event(confidence="low", status="reported", sources=["s-0", "s-1"]),
    ],
    "an archive": _reported("high", {"publisher": "a"}, a={"kind": "archive"}),
    "a page of another paper with the agency's text": _reported(
        "medium", {"publisher": "a", "agency": "b"}, {"publisher": "b"}, a={}, b={}
    ),
    "talks three days later": [*_talks(), _event("2024-11-04-talks")],
    "talks the next day that follow": [
        *_talks(),
        _event("2024-11-02-talks", relations=[{"type": "follows", "event": f"{DAY}-talks"}]),
    ],
    "a part of a visit of an unknown length": _related("part_of", "2024-06-20", "2024-06-19/.."),
    "a part in the month of the whole": _related("part_of", "2024-06", "2024-06-19/2024-06-20"),
    "an announcement on the day": _related("announces", "2024-06-19", "2024-06-19"),
    "a letter and its answer": _letters(
        _letter(),
        _letter(
            f"{DAY}-reply",
            participants=[{**PUTIN, "role": "sender"}, {**KIM, "role": "recipient"}],
        ),
    ),
    "a stage that is an event": [
        *(*make_cast(), make_treaty(), _stage("signed", "It was ratified in May.")),
        _stage("ratified", "The parliament voted.", "2025-05-02-stage"),
    ],
    "a hall in its city": _at(make_place("hall", part_of="moscow", latitude=55.76), make_place()),
    "a country without a box": _at(make_place(country="FR", latitude=1.0)),
    "an alias": [make_participant(aliases=["Sergei Lavrov"]), *_talks()[1:]],
    "one office in two countries": [
        *_in_office({})[1:],
        make_participant(positions=[{"title": "Minister", "office": "ru-foreign-minister"}]),
        _office("ru-foreign-minister", country="RU"),
        _event("2025-11-01-call", participants=[{**LAVROV, "office": "ru-foreign-minister"}, CHOE]),
    ],
    "an office before and after a reform": _in_offices(
        _office(to="2024-12"), _office("kp-minister", **{"from": "2024-12"})
    ),
    "an office that an honouree took up later": [
        *make_cast(),
        _office(),
        _event(
            participants=[LAVROV, {**CHOE, "role": "honouree", "office": "kp-foreign-minister"}]
        ),
    ],
    "a capacity beside an office": [
        *_in_office({})[:-1],
        _event(
            participants=[
                LAVROV,
                {**CHOE, "office": "kp-foreign-minister", "capacity": "Head of delegation"},
            ]
        ),
    ],
    "an office held twice": _in_office(
        {}, {"from": "2020", "to": "2022"}, {"from": "[2022,2024]", "to": "2025"}
    ),
    "a will, and a speech about the future": _talks(
        summary={"en": "They confirmed their will to meet and said that it would be soon."}
    ),
    "an announcement": _talks(
        type="statement", subtype="unilateral", summary={"en": "He was to come in May."}
    ),
    "the past in a subordinate clause": _talks(
        title={"en": "Talks", "fr": "Choe dit que Lavrov a accepté"}
    ),
    "a source with an archived copy": [
        *_talks()[:2],
        make_source(archived_url="https://archive.ph/x1"),
        _event(),
    ],
    "two pages of one site": [
        *_talks(sources=["tass-1", "tass-2"], confidence="high"),
        make_source("tass-2", url="https://example.org/tass-1?page=2"),
    ],
    "a tag with a broader one": [
        *_talks(tags=["army"]),
        _tag("army", broader="military"),
        _tag("military"),
    ],
}


def _broken_rules(records: Made) -> list[str]:
    index = index_records(records, TODAY)
    return [rule.id for rule in RULES for _ in rule.check(index)]


def test_each_rule_has_an_id_and_is_tested() -> None:
    ids = [rule.id for rule in RULES]

    assert len(set(ids)) == len(ids)
    assert set(ids) == BROKEN.keys()


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_finds_its_fault_and_no_other(rule: str) -> None:
    assert BROKEN[rule], rule
    for records in BROKEN[rule]:
        assert set(_broken_rules(records)) == {rule}, records[-1]


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

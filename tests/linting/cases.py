"""Small sets of records for rules: talks, letters, offices and publishers, without a fault."""

from collections.abc import Sequence
from typing import Any

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
    make_source,
)

DAY = "2024-11-01"
KIM = {"id": "kim-jong-un", "role": "sender", "side": "KP"}
PUTIN = {"id": "vladimir-putin", "role": "recipient", "side": "RU"}
Made = Sequence[Record]


def titles(**texts: str) -> dict[str, str]:
    """Return a title in four languages."""
    return {"en": "Talks", "fr": "Entretiens", "ru": "Переговоры", "ko": "회담", **texts}


def an_event(id: str = f"{DAY}-talks", **fields: Any) -> Record:
    return make_event(id, **{"confidence": "medium", "title": titles(), **fields})


def talks(**fields: Any) -> list[Record]:
    """Make an event without a fault, and the records that it names."""
    return [*make_cast(), an_event(**fields)]


def an_office(id: str = "kp-foreign-minister", **fields: Any) -> Record:
    given = {"names": {"en": "Minister"}, "rank": "foreign_minister", "country": "KP", **fields}
    return OfficeRecord.model_validate({"id": id, **given})


def a_publisher(id: str, **fields: Any) -> Record:
    given = {"id": id, "names": {"en": id.upper()}, "kind": "newspaper", **fields}
    return PublisherRecord.model_validate(given)


def a_tag(id: str = "military", **fields: Any) -> Record:
    given = {"id": id, "names": {"en": id}, "definition": {"en": "Acts of armed forces."}, **fields}
    return TagRecord.model_validate(given)


def in_office(office: dict[str, Any], *positions: dict[str, Any]) -> list[Record]:
    """Make talks with Choe in an office, which these of her positions name, or one without dates."""
    terms: Sequence[dict[str, Any]] = positions or [{}]
    made = an_office(**office)
    held = [{"title": "Minister", "office": made.id, **each} for each in terms]
    lavrov, _, source = make_cast()
    choe = make_participant("choe-son-hui", country="KP", positions=held)
    event = an_event(participants=[LAVROV, {**CHOE, "office": made.id}])
    return [lavrov, choe, source, made, event]


def in_offices(one: Record, other: Record) -> list[Record]:
    """Make talks with Choe in one office, and a call a year later with her in the other."""
    held = [{"title": f"Minister {each.id}", "office": each.id} for each in (one, other)]
    lavrov, _, source = make_cast()
    choe = make_participant("choe-son-hui", country="KP", positions=held)
    talks = an_event(participants=[LAVROV, {**CHOE, "office": one.id}])
    call = an_event("2025-11-01-call", participants=[LAVROV, {**CHOE, "office": other.id}])
    return [lavrov, choe, source, one, other, talks, call]


def reported(confidence: str, *sources: dict[str, Any], **publishers: Any) -> list[Record]:
    """Make talks with this confidence, reported by these sources of these publishers."""
    made = [make_source(f"s-{number}", **each) for number, each in enumerate(sources)]
    houses = [a_publisher(id, **fields) for id, fields in publishers.items()]
    event = an_event(confidence=confidence, sources=[each.id for each in made])
    return [*make_cast()[:2], *made, *houses, event]


def letters(*events: Record) -> list[Record]:
    kim, putin = make_participant("kim-jong-un", country="KP"), make_participant("vladimir-putin")
    return [kim, putin, make_source(), *events]


def a_letter(id: str = f"{DAY}-letter", **fields: Any) -> Record:
    letter = {"type": "letter", "subtype": "message", "participants": [KIM, PUTIN]}
    return an_event(id, **{**letter, **fields})


def at(*places: Record) -> list[Record]:
    return [*talks(place=places[0].id), *places]


def related(type: str, date: str, other: str) -> list[Record]:
    """Make talks on the date, related to a visit on the other."""
    visit = an_event("2024-visit", date=other, type="visit", subtype="official")
    talks = an_event("2024-talks", date=date, relations=[{"type": type, "event": "2024-visit"}])
    return [*make_cast(), visit, talks]


PULIKOVSKY = {
    "en": "Konstantin Pulikovsky",
    "fr": "Konstantin Poulikovski",
    "ru": "Константин Пуликовский",
    "ko": "콘스탄틴 풀리콥스키",
}
CHOE_NAMES = {"en": "Choe Son Hui", "ru": "Цой Сон Хи", "ko": "최선희"}


def named(title: dict[str, str], *, alias: str | None = None, **people: Any) -> list[Record]:
    """Make talks with this title, between persons with these names in several languages."""
    russian = {"names": people.get("russian", PULIKOVSKY), "aliases": [alias] if alias else []}
    choe = make_participant("choe-son-hui", country="KP", names=people.get("korean", CHOE_NAMES))
    return [make_participant(**russian), choe, make_source(), an_event(title=titles(**title))]


def publishing_ministry(**names: str) -> list[Record]:
    """Make talks of a ministry that publishes too, under these names."""
    given = {"en": "Ministry", "ru": "МИД", "ko": "외무성"}
    ministry = make_participant("ministry", kind="organisation", country="KP", names=given)
    event = an_event(participants=[LAVROV, {**CHOE, "id": "ministry"}])
    publisher = a_publisher("ministry", names={"en": "Ministry", **names})
    return [make_participant(), ministry, make_source(publisher="ministry"), publisher, event]


def in_capacity(capacity: str, *, kind: str = "person", side: str = "KP") -> list[Record]:
    """Make talks with a participant in a capacity, beside ones with a foreign minister."""
    lavrov, choe, source, office, event = in_office({"aliases": ["Foreign Minister"]})
    other = make_participant("other", kind=kind, country=side)
    acting = {"id": "other", "role": "guest", "side": side, "capacity": capacity}
    return [
        lavrov,
        choe,
        source,
        office,
        event,
        other,
        an_event("2025-11-01-call", participants=[LAVROV, acting]),
    ]


def a_stage(subtype: str, text: str, id: str = f"{DAY}-stage") -> Record:
    treaty = {"type": "treaty", "subtype": subtype, "treaty": "friendship-treaty"}
    return an_event(id, **treaty, summary={"en": text})


STATE_AGENCY = {"kind": "agency", "state": True}

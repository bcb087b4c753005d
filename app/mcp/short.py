"""Short forms of documents: the facts that an assistant reads, in one language, without empty keys."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from app.documents.entities.earlier import complete_event
from app.domain.languages import DEFAULT_LANGUAGE
from app.domain.vocabulary import EventStatus

Values = Mapping[str, Any]
# A day needs no words beside it.
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
# Participants and sources of an event in a list; the event itself has all of them.
_LISTED: Final = 8


def text(texts: Mapping[str, str] | None, language: str) -> str | None:
    """Return the text in the language, or in English; None without texts."""
    return None if texts is None else texts.get(language) or texts[DEFAULT_LANGUAGE]


def filled(values: Values) -> dict[str, Any]:
    """Return the values without null, empty texts and empty lists."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def listed_event(document: Values, language: str) -> dict[str, Any]:
    """Return an event as an item of a list."""
    event = complete_event({**document})
    names = [text(each["name"], language) for each in _once(event["participants"])]
    publishers = [_publisher(each, language) for each in event["sources"]]
    return filled(
        {
            **_head(event, language),
            "place": text((event["place"] or {}).get("name"), language),
            "participants": _cut(names),
            "sources": _cut([*dict.fromkeys(each for each in publishers if each)]),
            "independent_sources": event["independent_sources"],
        }
    )


def whole_event(document: Values, language: str) -> dict[str, Any]:
    """Return an event with all that is known of it, except the positions of its evidence."""
    event = complete_event({**document})
    return filled(
        {
            **_head(event, language),
            **({} if _DAY.fullmatch(event["date"]) else _bounds(event["date_bounds"])),
            "summary": text(event["summary"], language),
            "confidence": event["confidence"],
            "note": event["note"],
            "places": [
                text(each["name"], language)
                for each in ([event["place"]] if event["place"] else []) + event["further_places"]
            ],
            "participants": [participation(each, language) for each in event["participants"]],
            "treaty": event["treaty"] and event["treaty"]["id"],
            "relations": [f"{each['type']} {each['event']}" for each in event["relations"]],
            "tags": event["tags"],
            "independent_sources": event["independent_sources"],
            "sources": [cited(each, language) for each in event["sources"]],
        }
    )


def _head(event: Values, language: str) -> dict[str, Any]:
    status, date = event["status"], event["date"]
    return {
        "id": event["id"],
        "date": date,
        "date_text": "" if _DAY.fullmatch(date) else text(event["date_text"], language),
        "type": f"{event['type']}/{event['subtype']}",
        # A reader must not take a plan or a rumour for an event that took place.
        "status": "" if status == EventStatus.OCCURRED else status,
        "title": text(event["title"], language),
    }


def _bounds(bounds: Values) -> dict[str, str]:
    return {"began_between": _days(bounds["start"]), "ended_between": _days(bounds["end"])}


def _days(days: Values) -> str:
    return f"{days['earliest'] or '..'}/{days['latest'] or '..'}"


def _once(participants: Iterable[Values]) -> Iterable[Values]:
    # A participant in two roles is in the document twice.
    return {each["id"]: each for each in participants}.values()


def _cut(values: Sequence[Any]) -> list[Any]:
    rest = len(values) - _LISTED
    return [*values[:_LISTED], *([f"and {rest} more"] if rest > 0 else [])]


def participation(part: Values, language: str) -> dict[str, Any]:
    """Return the part that a participant had in an event."""
    office = part["office"]
    held = [text(office["name"], language) if office else None, part["capacity"]]
    return filled(
        {
            "id": part["id"],
            "name": text(part["name"], language),
            "role": part["role"],
            "side": part["side"],
            "as": ", ".join(each for each in held if each),
        }
    )


def cited(source: Values, language: str) -> dict[str, Any]:
    """Return a source of an event."""
    return filled(
        {
            "id": source["id"],
            "publisher": _publisher(source, language),
            "agency": text((source["agency"] or {}).get("name"), language),
            "title": source["title"],
            "published": source["published"],
            "url": source["url"] or source["archived_url"],
        }
    )


def _publisher(source: Values, language: str) -> str | None:
    return text((source["publisher"] or source["agency"] or {}).get("name"), language)


def evidence(source: Values, language: str) -> dict[str, Any]:
    """Return a source with the spans of its text that support fields of the event."""
    spans = [
        filled(
            {
                "supports": each["supports"],
                "basis": each["basis"],
                "span": each["selector"]
                and f"{each['selector']['start']}-{each['selector']['end']}",
                "sha256": each["digest"],
                "note": each["note"],
            }
        )
        for each in source["evidence"]
    ]
    # Sources of one house are not independent.
    return filled(
        {**cited(source, language), "house": source["house"], "article": source["article"]}
        | {"evidence": spans}
    )


def candidate(found: Values, language: str) -> dict[str, Any]:
    """Return an entity that a name may mean."""
    return filled(
        {
            "id": found["id"],
            "kind": found["kind"],
            "name": text(found["names"], language),
            "other_names": [
                each for tongue, each in found["names"].items() if tongue != language and each
            ],
            "match": found["why"],
        }
    )


def person(found: Values, language: str) -> dict[str, Any]:
    """Return a participant that a name may mean, with the positions held."""
    document = found["participant"]
    positions = [
        f"{each['title']} ({each['from'] or '?'}/{each['to'] or '?'})"
        for each in document["positions"]
    ]
    return filled(
        {
            **candidate({**found, **document}, language),
            "country": document["country"],
            "positions": positions,
        }
    )


def treaty(document: Values, language: str) -> dict[str, Any]:
    """Return a treaty with its stages and the period in which it was in force."""
    force = document["in_force"] or {}
    return filled(
        {
            "id": document["id"],
            "kind": document["kind"],
            "name": text(document["names"], language),
            "parties": document["parties"],
            "stages": [
                f"{each['date']} {each['stage']}"
                + ("" if each["status"] == EventStatus.OCCURRED else f" ({each['status']})")
                for each in document["stages"]
            ],
            "in_force": f"{force.get('from') or '?'}/{force.get('to') or '..'}"
            if force.get("known")
            else "no stage says so: it may have been from its signature on",
        }
    )


def change(entry: Values) -> dict[str, Any]:
    """Return an entry of the change log without the document."""
    keys = ("seq", "at", "op", "kind", "id", "revision", "actor", "reason", "survivor")
    return filled({key: entry[key] for key in keys})

"""References of records to merged entities: replaced by references to the survivors."""

from collections.abc import Callable, Iterable
from typing import Any

from app.documents.tombstone import Survivors
from app.domain.vocabulary import EntityKind
from app.records.models import Plain


def with_survivors(kind: EntityKind, record: Plain, survivors: Survivors) -> Plain:
    """Return the record with each merged id replaced by its survivor, without repeats.

    If the survivor already has the same role in the event, that participation stays. Relations of
    an event to itself go.
    """
    if not survivors:
        return record
    if kind is EntityKind.EVENT:
        relations = _replaced(record["relations"], "event", _survivor(EntityKind.EVENT, survivors))
        return record | {
            "participants": _participants(record["participants"], survivors),
            "relations": distinct(each for each in relations if each["event"] != record["id"]),
        }
    if kind is EntityKind.PARTICIPANT:
        survivor = _survivor(EntityKind.PARTICIPANT, survivors)
        return record | {
            "positions": distinct(_replaced(record["positions"], "organisation", survivor))
        }
    if kind is EntityKind.OFFICE:
        survivor = _survivor(EntityKind.PARTICIPANT, survivors)
        return record | {"organisation": survivor(record["organisation"])}
    return record


def distinct(items: Iterable[Any]) -> list[Any]:
    """Return the items in order, each once; they may be unhashable."""
    found: list[Any] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


def _survivor(kind: EntityKind, survivors: Survivors) -> Callable[[str], str]:
    return lambda slug: survivors.get((kind, slug), slug)


def _replaced(parts: Iterable[Plain], key: str, survivor: Callable[[str], str]) -> list[Plain]:
    return [part | {key: survivor(part[key])} for part in parts]


def _participants(parts: Iterable[Plain], survivors: Survivors) -> list[Plain]:
    taken = {(part["id"], part["role"]) for part in parts}
    kept = []
    for part in parts:
        survivor = survivors.get((EntityKind.PARTICIPANT, part["id"]))
        if survivor is None:
            kept.append(part)
        elif (survivor, part["role"]) not in taken:
            taken.add((survivor, part["role"]))
            kept.append(part | {"id": survivor})
    return kept

"""References of records to merged entities: replaced by references to the survivors."""

from collections.abc import Callable, Iterable
from typing import Any

from app.documents.tombstone import Survivors
from app.domain.vocabulary import EntityKind
from app.records.models import Plain


def with_survivors(kind: EntityKind, record: Plain, survivors: Survivors) -> Plain:
    """Return the record with each merged id replaced by its survivor, without repeats.

    If the survivor already has the same role in the event, that participation stays, and gains the
    office and the capacity that it lacks. Relations of an event to itself go.
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
    kept, dropped = [], []
    for part in parts:
        survivor = survivors.get((EntityKind.PARTICIPANT, part["id"]))
        named = part if survivor is None else part | {"id": survivor}
        if survivor is None or (survivor, part["role"]) not in taken:
            taken.add((named["id"], part["role"]))
            kept.append(named)
        else:
            dropped.append(named)
    return [_completed(part, dropped) for part in kept]


def _completed(part: Plain, dropped: Iterable[Plain]) -> Plain:
    """Return the participation with an office and a capacity from others of the same one in its role."""
    same = [each for each in dropped if (each["id"], each["role"]) == (part["id"], part["role"])]
    missing = [name for name in ("office", "capacity") if part[name] is None]
    return part | {name: each[name] for each in reversed(same) for name in missing if each[name]}

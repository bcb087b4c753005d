"""Differences between the documents of a proof and of the log, field by field."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from app.proving.bundle_file import escaped, shown

_Json = dict[str, Any]
_ABSENT: Final = object()


class Mismatch(NamedTuple):
    """A place of the proof, and how it differs from the log."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{escaped(self.place)}: {self.text}"


def document_differences(said: Sequence[_Json], found: Sequence[_Json]) -> Iterator[Mismatch]:
    """Yield each document that differs, is missing, or is too much, and a different order."""
    ids = [_id(document) for document in said]
    there = {document["id"]: document for document in found}
    for each, count in Counter(ids).items():
        if count > 1:
            yield Mismatch(f"documents/{each}", f"the proof has it {count} times")
    for document, slug in zip(said, ids, strict=True):
        if slug in there:
            yield from _differences(f"documents/{slug}", document, there[slug])
        else:
            yield Mismatch(f"documents/{slug}", "the log has no such event in this answer")
    missing = [slug for slug in there if slug not in {*ids}]
    yield from (Mismatch(f"documents/{each}", "the proof lacks this event") for each in missing)
    if ids != [*there] and sorted(ids) == sorted(there):
        yield Mismatch("documents", "the events are in another order, which is no sort of the API")


def _id(document: _Json) -> str:
    slug = document.get("id")
    return slug if isinstance(slug, str) else shown(slug)


def _differences(place: str, said: Any, found: Any) -> Iterator[Mismatch]:
    """Yield each value that differs, at its place."""
    if isinstance(said, dict) and isinstance(found, dict):
        for name in dict.fromkeys([*said, *found]):
            yield from _differences(
                f"{place}/{name}", said.get(name, _ABSENT), found.get(name, _ABSENT)
            )
    elif isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        for number, (one, other) in enumerate(zip(said, found, strict=True)):
            yield from _differences(f"{place}/{number}", one, other)
    elif isinstance(said, bool) is not isinstance(found, bool) or said != found:
        yield Mismatch(place, f"the proof has {_text(said)}, the log {_text(found)}")


def _text(value: object) -> str:
    return "nothing" if value is _ABSENT else shown(value)

"""Offices of the data that an article names without their holder."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.drafting.events.candidate import Tokens
    from app.drafting.events.scene import Scene


def unassigned_offices(scene: "Scene") -> Iterator[tuple[str, "Tokens", str]]:
    """Yield each office beside no name, with its tokens and the reason why it has no holder."""
    seen = set[str]()
    for first, last, id_ in scene.things.find_offices(scene.article):
        office = scene.knowledge.offices[id_]
        sides = scene.sides_in(max(0, first - 3), last + 3)
        if id_ in seen or office.country not in sides or _is_beside_name(scene, first, last):
            continue
        seen.add(id_)
        holders = scene.knowledge.holders(id_, scene.day)
        reason = (
            f"the text names no holder; by the data it was {holders[0]}"
            if holders
            else "the text names no holder, and no event about that day shows one"
        )
        yield id_, (first, last), reason


def _is_beside_name(scene: "Scene", first: int, last: int) -> bool:
    return any(m.is_person and first - 6 <= m.first <= last + 8 for m in scene.people)

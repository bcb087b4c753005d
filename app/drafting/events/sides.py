"""The sides of an act: both of them, or a third country too."""

from collections.abc import Sequence
from typing import Final

from app.drafting.events.scene import CueMention, Scene
from app.drafting.mentions.mention import HOME, Mention
from app.drafting.text import Clause

TWO_SIDED: Final = frozenset({"meeting", "letter", "call"})


def both_sides(mentions: Sequence[Mention]) -> bool:
    """Return whether the mentions are of both sides."""
    sides = {m.side for m in mentions}
    return "KP" in sides and bool(sides & {"RU", "SU"})


def is_foreign(scene: Scene, clause: Clause, cue: CueMention, mentions: Sequence[Mention]) -> bool:
    """Return whether the act is one with a third country."""
    people = [m for m in scene.people_in(clause.first, clause.last) if not m.side and m.is_person]
    sides = scene.sides_in(clause.first, clause.last)
    if cue.cue.type == "visit":
        home = any(
            scene.knowledge.places[p.id].country in HOME
            for p in scene.places
            if clause.first <= p.first < clause.last and not scene.is_dateline(p)
        )
        return bool(people) or ("third" in sides and not home and not sides & HOME)
    if cue.cue.type == "statement":
        return bool(people) or ("third" in sides and not sides & HOME)
    return not both_sides(mentions) and ("third" in sides or bool(people))

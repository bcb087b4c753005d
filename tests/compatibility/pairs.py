"""Two nodes that stand in the same place, and what is said of their difference."""

import json
from dataclasses import dataclass, replace
from typing import Any

from tests.compatibility.nodes import JsonObject, name_of


@dataclass(frozen=True)
class Break:
    """What clients may have relied on, and what became of it: in a changelog's words."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"`{self.where}`: {self.what}"


@dataclass(frozen=True)
class Pair:
    """A node of the old document and the same of the new; it is part of what is sent, or else of
    what is answered."""

    where: str
    old: JsonObject
    new: JsonObject
    sent: bool

    @property
    def giver(self) -> JsonObject:
        """Whoever sends: the client, who knows the old document, or the server."""
        return self.old if self.sent else self.new

    @property
    def taker(self) -> JsonObject:
        """Whoever has to take what is sent."""
        return self.new if self.sent else self.old

    def at(self, where: str, old: JsonObject, new: JsonObject) -> "Pair":
        """A pair of parts of these."""
        return replace(self, where=where, old=old, new=new)

    def breaks(self, what: str) -> Break:
        return Break(self.where, what)

    def changed(self, keyword: str, default: Any = None) -> Break:
        """The break that the keyword has another value."""
        old, new = self.old.get(keyword, default), self.new.get(keyword, default)
        return changed(self.where, keyword, old, new)


def changed(where: str, what: str, old: Any, new: Any) -> Break:
    """The break that something is another now; None stands for nothing at all."""
    return Break(where, f"{what} is {_shown(new)}, was {_shown(old)}")


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, dict) and (name := name_of(value) or value.get("type")):
        return str(name)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

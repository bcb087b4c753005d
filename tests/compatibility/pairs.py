"""Two nodes at the same place of two documents, and the breaks between them."""

import json
from dataclasses import dataclass, replace
from typing import Any

from tests.compatibility.nodes import JsonObject, name_of


@dataclass(frozen=True)
class Break:
    """A change that breaks clients; as a string, the line that the changelog must have."""

    where: str
    change: str

    def __str__(self) -> str:
        return f"`{self.where}`: {self.change}"


@dataclass(frozen=True)
class Pair:
    """A node of the old document and the same node of the new one, in a request or in a response."""

    where: str
    old: JsonObject
    new: JsonObject
    in_request: bool

    @property
    def sender(self) -> JsonObject:
        """The node by which the sender works: the client by the old one, the server by the new one."""
        return self.old if self.in_request else self.new

    @property
    def receiver(self) -> JsonObject:
        """The node by which the receiver works: the server by the new one, the client by the old one."""
        return self.new if self.in_request else self.old

    def at(self, where: str, old: JsonObject, new: JsonObject) -> "Pair":
        """Return a pair of parts of these nodes."""
        return replace(self, where=where, old=old, new=new)

    def make_break(self, change: str) -> Break:
        return Break(self.where, change)

    def changed(self, keyword: str, default: Any = None) -> Break:
        """Return the break that the keyword has another value."""
        old, new = self.old.get(keyword, default), self.new.get(keyword, default)
        return changed(self.where, keyword, old, new)


def changed(where: str, aspect: str, old: Any, new: Any) -> Break:
    """Return the break that an aspect has another value; None means that the value is absent."""
    return Break(where, f"{aspect} is {_shown(new)}, was {_shown(old)}")


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, dict) and (name := name_of(value) or value.get("type")):
        return str(name)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

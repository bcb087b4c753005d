"""The names in an article: people, other participants, places and instruments."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

# The countries of the two sides.
HOME: Final = frozenset({"RU", "SU", "KP"})


class Case(StrEnum):
    """The part of a sentence that a name's form shows; most languages leave it to the order of words."""

    ANY = "any"
    SUBJECT = "subject"
    OBJECT = "object"
    WITH = "with"
    TO = "to"
    OF = "of"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: its tokens by number, the id in the data if it has one, and the side.

    `side` is a country code, or empty for a third country or an unknown one. `phrase` is the number of the
    token after the titles that follow the name. `posts` are the classes of the posts beside it.
    """

    first: int
    last: int
    id: str | None
    name: str
    side: str
    phrase: int = 0
    case: Case = Case.ANY
    short: bool = False
    posts: frozenset[str] = field(default_factory=frozenset)
    is_person: bool = True
    guessed: str = ""

    @property
    def key(self) -> str:
        """Return the id, or for an unknown person the name."""
        return self.id or f"?{self.name}"

    def at(self, first: int, last: int) -> "Mention":
        """Return the same participant, named by other tokens."""
        return replace(self, first=first, last=last, phrase=last, short=True)

"""A candidate event, with the tokens of the sentence that tell each part of it."""

from dataclasses import dataclass, field, replace

from app.drafting.mentions.mention import Mention

Tokens = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Support:
    """The tokens that tell something; `note` says how it was inferred, and is empty for a stated part."""

    tokens: Tokens
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A participant with a role, and how the text tells it."""

    mention: Mention
    role: str
    support: Support


@dataclass(frozen=True, slots=True)
class EventCandidate:
    """An event as the article tells it."""

    type: str
    subtype: str
    status: str
    date: str
    cue: Tokens
    sentence: int
    parts: tuple[Part, ...]
    date_support: tuple[Support, ...] = ()
    status_support: tuple[Support, ...] = ()
    place: str | None = None
    place_support: Support | None = None
    treaty: str | None = None
    treaty_support: Support | None = None
    edge: str = ""
    also: tuple[tuple[str, str], ...] = ()
    cues: tuple[Support, ...] = field(default=())

    @property
    def keys(self) -> frozenset[str]:
        """The participants, by id or name."""
        return frozenset(part.mention.key for part in self.parts)

    def with_parts(self, parts: tuple[Part, ...]) -> "EventCandidate":
        """Return it with more participants; the first role of each counts."""
        seen = dict[str, Part]()
        for part in (*self.parts, *parts):
            first = seen.setdefault(part.mention.key, part)
            if first.support.note and not part.support.note:
                seen[part.mention.key] = replace(first, mention=part.mention, support=part.support)
        return replace(self, parts=tuple(seen.values()))

"""The page of events that Atom, RSS and JSON Feed share, with its addresses and titles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from app.documents.entities.event import EventDocument
from app.domain.languages import Language, text_in
from app.domain.values import LanguageMap
from app.formats.phrases import WORDS

# The last update of a feed without events: constant, so that the answer's bytes are too.
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Feed:
    """A page of a feed; its URLs are absolute.

    `edited_at` has, by id, when each event was last edited itself, if readers want to know that alone.
    """

    id: UUID
    # The timeline's name in the language of the feed, with its filters.
    title: str
    language: Language
    by_added: bool
    events: Sequence[EventDocument]
    tag_names: Mapping[str, LanguageMap]
    edited_at: Mapping[str, datetime]
    url: str
    next_url: str | None
    # The page of the same list, for people.
    list_page: str
    # Returns the URL of an event's page, by its id.
    event_page: Callable[[str], str]

    @property
    def author(self) -> str:
        """The timeline's name in the language of the feed."""
        return WORDS[self.language].title

    @property
    def subtitle(self) -> str:
        """The order in words: by when events were added, or by when they happened."""
        words = WORDS[self.language]
        return words.newest_added if self.by_added else words.newest_events

    def event_url(self, event: EventDocument) -> str:
        """Return the URL of the event's page."""
        return self.event_page(event.id)

    def modified_at(self, event: EventDocument) -> datetime:
        """Return when the event was last edited, or changed in any way."""
        return self.edited_at.get(event.id, event.updated_at)

    def tag_name(self, tag: str) -> str:
        """Return the name of a tag in the feed's language, or its id in a state without the tag."""
        names = self.tag_names.get(tag)
        return tag if names is None else text_in(self.language, names)


def latest_update(items: Iterable[Mapping[str, Any]]) -> datetime:
    """Return the latest update of items in the form of the library that writes Atom and RSS."""
    return max((item["updateddate"] for item in items), default=_NEVER)

"""What Atom and JSON Feed share: a page of events, where it stands, and what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.documents.entities.event import EventDocument
from app.domain.languages import Language
from app.formats.phrases import WORDS


@dataclass(frozen=True)
class Feed:
    """A page of a feed; the addresses are absolute."""

    id: UUID
    language: Language
    by_added: bool
    events: Sequence[EventDocument]
    url: str
    next_url: str | None
    list_url: str
    api_url: str

    @property
    def title(self) -> str:
        """The timeline's name."""
        return WORDS[self.language].title

    @property
    def subtitle(self) -> str:
        """Which events come first: those added last, or those that happened last."""
        words = WORDS[self.language]
        return words.newest_added if self.by_added else words.newest_events

    def event_url(self, event: EventDocument) -> str:
        """Where the event's document is."""
        return f"{self.api_url}/events/{event.id}"

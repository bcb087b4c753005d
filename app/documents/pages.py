"""What lists answer: items, and where in the list they stand."""

from pydantic import Field

from app.documents.change import ChangeDocument, ChangeEntry
from app.documents.counting import Facets
from app.documents.entities.base import DocumentPart
from app.documents.entities.event import EventDocument
from app.documents.entities.participant import ParticipantDocument
from app.documents.entities.place import PlaceDocument
from app.documents.entities.source import SourceDocument
from app.documents.entities.treaty import TreatyDocument
from app.domain.names.matching import MatchKind
from app.domain.names.scripts import Script
from app.domain.vocabulary import RelationName


class Extent(DocumentPart):
    """How much of a list a page holds, and where the next one is."""

    limit: int = Field(description="How many items a page holds at most.")
    returned: int = Field(description="How many items are here.")
    next: str | None = Field(
        description="The absolute URL of the next page, to be followed as it is; null on the last."
    )
    total: int | None = Field(
        description="How many items there are in all, with `total=exact`; else null."
    )


class PageInfo(Extent):
    """Where in the list the items stand."""

    cursor: str | None = Field(
        description="What `page.next` has as `cursor`, for clients that ask by parameters and not by "
        "URL; null on the last page."
    )


class EventPage(DocumentPart):
    """A page of events, and the counts that were asked for."""

    items: list[EventDocument]
    page: PageInfo
    facets: Facets = Field(description="By facet; holds those that were asked for.")


class ParticipantPage(DocumentPart):
    """A page of participants."""

    items: list[ParticipantDocument]
    page: PageInfo


class PlacePage(DocumentPart):
    """A page of places."""

    items: list[PlaceDocument]
    page: PageInfo


class SourcePage(DocumentPart):
    """A page of sources."""

    items: list[SourceDocument]
    page: PageInfo


class TreatyPage(DocumentPart):
    """A page of treaties."""

    items: list[TreatyDocument]
    page: PageInfo


class Counterpart(DocumentPart):
    """Somebody who took part in the same events, and in how many."""

    participant: ParticipantDocument
    events: int = Field(ge=1)


class CounterpartPage(DocumentPart):
    """A page of counterparts."""

    items: list[Counterpart]
    page: PageInfo


class MatchedName(DocumentPart):
    """The name of a candidate that agrees with the one that was asked for."""

    text: str = Field(examples=["최선희"])
    language: str | None = Field(description="Its language; null for an alias.", examples=["ko"])
    script: Script


class NameMatch(DocumentPart):
    """How a name that was asked for agrees with one of a participant's."""

    score: float = Field(
        ge=0, le=1, description="1 for the name itself; less, the more is assumed."
    )
    matched: MatchedName
    why: MatchKind = Field(
        description="`exact`: the name itself, but for case, accents and hyphens. "
        "`other_spelling`: what another system or script makes of it, or another order of its "
        "words. `part_of_name`: some of its words. `fuzzy`: only similar; there was nothing better."
    )
    explanation: str = Field(description="The same in a sentence, for people.")


class Candidate(NameMatch):
    """A participant who may be meant by a name."""

    participant: ParticipantDocument


class CandidatePage(DocumentPart):
    """The candidates for a name, the likeliest first."""

    items: list[Candidate]
    page: PageInfo


class RelatedEvent(DocumentPart):
    """Another event, and what it is to the one that was asked about: `has_part` lists its parts."""

    relation: RelationName = Field(description="Read from the event in the path.")
    event: EventDocument


class RelatedEventPage(DocumentPart):
    """A page of related events."""

    items: list[RelatedEvent]
    page: PageInfo


class ChangePageInfo(Extent):
    """Where in the log the changes stand."""

    last: int = Field(
        ge=0,
        description="Up to which change of the log this page reaches: to go on, now or later, ask "
        "with `after` set to it.",
    )


class ChangePage(DocumentPart):
    """A page of changes, in the order in which they were made."""

    items: list[ChangeDocument]
    page: ChangePageInfo


class RevisionPage(DocumentPart):
    """A page of the changes of one entity, the newest first."""

    items: list[ChangeEntry]
    page: PageInfo

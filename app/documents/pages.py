"""Pages of lists: the items, and the position of the page in the list."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field

from app.documents.change import ChangeDocument, ChangeEntry
from app.documents.counting import Facets
from app.documents.entities.base import DocumentPart
from app.documents.entities.event import EventDocument
from app.documents.entities.office import OfficeDocument
from app.documents.entities.participant import ParticipantDocument
from app.documents.entities.place import PlaceDocument
from app.documents.entities.publisher import PublisherDocument
from app.documents.entities.source import SourceDocument
from app.documents.entities.tag import TagDocument
from app.documents.entities.treaty import TreatyDocument
from app.documents.searched_texts import SearchedField
from app.documents.unknown import UnknownValue
from app.domain.names.matching import MatchKind
from app.domain.names.scripts import Script
from app.domain.values import EdtfText, EventId, LanguageMap, Slug
from app.domain.vocabulary import EntityKind, RelationName


class Extent(DocumentPart):
    """The size of a page, and the link to the next one."""

    limit: int = Field(description="Maximum number of items on a page.")
    returned: int = Field(description="Number of items on this page.")
    next: str | None = Field(
        description="Absolute URL of the next page: request it unchanged; null on the last page."
    )
    total: int | None = Field(
        description="Number of items in the whole list, with `total=exact`; otherwise null."
    )


class PageInfo(Extent):
    """The position of a page in its list."""

    cursor: str | None = Field(
        description="Value of the parameter `cursor` in `next`, for clients that build URLs from "
        "parameters; null on the last page."
    )
    prev: str | None = Field(
        default=None,
        description="Absolute URL of the page before: request it unchanged; null on the first page.",
    )
    prev_cursor: str | None = Field(
        default=None,
        description="Value of the parameter `cursor` in `prev`; null on the first page.",
    )
    unknown: list[UnknownValue] = Field(
        default=[],
        description="If the list is empty: the ids in its filters that no entity has, at most ten, and the words of `q` "
        "that no event has, at most three, with the participants and places of a similar name. Otherwise empty.",
    )

    @classmethod
    def of_whole(cls, count: int) -> Self:
        """Return the position of a page that holds its whole list."""
        return cls(limit=count, returned=count, next=None, total=count, cursor=None)


class Highlight(DocumentPart):
    """A part of a text of an event that matches the search."""

    field: SearchedField
    id: str | None = Field(
        description="Id of the participant, place, treaty or tag that the text names, or the term of "
        "which it is the label; null for a title and a summary.",
        examples=["vladimir-putin"],
    )
    language: str | None = Field(
        description="Language of the text; null for an alias, a spelling, and the id of a tag.",
        examples=["ru"],
    )
    text: str = Field(
        description="The whole text as it is stored; for `spelling`, a word that rules make of a name.",
        examples=["Владимир Путин"],
    )
    start: int = Field(
        ge=0, description="Offset of the first matching code point of the text.", examples=[9]
    )
    end: int = Field(
        ge=1, description="Offset after the last matching code point of the text.", examples=[14]
    )


Highlights = Annotated[
    dict[EventId, list[Highlight]],
    Field(
        description="With `highlight=true`, the parts of each event's texts that match `q`, by the id of "
        "the event; otherwise empty."
    ),
]


class Counted(StrEnum):
    """The things that the counts of a list count: all events, or with `top` only occasions."""

    EVENTS = "events"
    OCCASIONS = "occasions"


class EventPage(DocumentPart):
    """A page of events, with the requested facets and highlights."""

    items: list[EventDocument]
    page: PageInfo
    counted: Counted
    facets: Facets = Field(description="Counts by facet; only the requested facets are present.")
    highlights: Highlights


class MatchedName(DocumentPart):
    """A name of a participant that matches the requested name."""

    text: str = Field(examples=["최선희"])
    language: str | None = Field(
        description="Language of the name; null for an alias.", examples=["ko"]
    )
    script: Script


class Completion(DocumentPart):
    """A participant whose name begins as the text that a user has typed."""

    id: Slug
    matched: MatchedName = Field(
        description="The first name that begins so, or has a spelling that does."
    )
    events: int = Field(ge=0, description="Number of events of the participant.")


class Activity(DocumentPart):
    """The events of a participant or a place, of every status. Computed for each answer."""

    id: Slug
    events: int = Field(ge=0, description="Number of events.")
    first: EdtfText | None = Field(
        description="Date of the event that may have begun first; null without an event."
    )
    last: EdtfText | None = Field(
        description="Date of the event that is the newest in a list by date; null without an event."
    )


_Activities = Annotated[
    list[Activity],
    Field(
        description="With `activity=true`, the activity of each item, in the same order; otherwise empty."
    ),
]


class ParticipantPage(DocumentPart):
    """A page of participants."""

    items: list[ParticipantDocument]
    page: PageInfo
    matches: list[Completion] = Field(
        description="With `q`, how each of the items matches, in the same order; otherwise empty."
    )
    activity: _Activities


class PlacePage(DocumentPart):
    """A page of places."""

    items: list[PlaceDocument]
    page: PageInfo
    activity: _Activities


class OfficePage(DocumentPart):
    """A page of offices."""

    items: list[OfficeDocument]
    page: PageInfo


class PublisherPage(DocumentPart):
    """A page of publishers."""

    items: list[PublisherDocument]
    page: PageInfo


class TagPage(DocumentPart):
    """A page of tags."""

    items: list[TagDocument]
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
    """A participant that shares events with another."""

    participant: ParticipantDocument
    events: int = Field(ge=1, description="Number of shared events.")


class CounterpartPage(DocumentPart):
    """A page of counterparts."""

    items: list[Counterpart]
    page: PageInfo


class NameMatch(DocumentPart):
    """How the requested name matches a name of a participant."""

    score: float = Field(
        ge=0,
        le=1,
        description="Score of the match: 1 for the name itself, lower for weaker matches.",
    )
    matched: MatchedName
    why: MatchKind = Field(
        description="Kind of match. `exact`: the name itself, except for case, accents and hyphens. "
        "`other_spelling`: the name in another script, system of spelling, grammatical case or word order. "
        "`part_of_name`: some words of the name. `with_other_words`: the name, or a part of it, and words "
        "that were ignored, such as a title. `fuzzy`: a similar name; no other kind matched."
    )
    explanation: str = Field(description="The kind of match as a sentence, for people.")


class Candidate(NameMatch):
    """A participant that the requested name may mean."""

    participant: ParticipantDocument


class CandidatePage(DocumentPart):
    """A page of the candidates for a name, the most likely first."""

    items: list[Candidate]
    page: PageInfo


class NamedEntity(NameMatch):
    """An entity of any kind that the requested name may mean."""

    kind: EntityKind
    id: Slug
    names: LanguageMap


class NamedEntityPage(DocumentPart):
    """A page of the entities that a name may mean, the most likely first."""

    items: list[NamedEntity]
    page: PageInfo


class RelatedEvent(DocumentPart):
    """A related event, with its relation to the event in the path."""

    relation: RelationName = Field(
        description="Relation read from the event in the path: `has_part` means that `event` is a "
        "part of it."
    )
    event: EventDocument


class RelatedEventPage(DocumentPart):
    """A page of related events."""

    items: list[RelatedEvent]
    page: PageInfo


class ChangePageInfo(Extent):
    """The position of a page in the change log."""

    last: int = Field(
        ge=0,
        description="Number of the last change that this page covers. To continue, now or later, "
        "send it as `after`.",
    )


class ChangePage(DocumentPart):
    """A page of changes, the oldest first."""

    items: list[ChangeDocument]
    page: ChangePageInfo


class RevisionPage(DocumentPart):
    """A page of the changes of one entity, the newest first."""

    items: list[ChangeEntry]
    page: PageInfo

"""What counting answers: facets of a list, the histogram, the network of participants."""

import datetime
from collections.abc import Mapping
from enum import StrEnum
from heapq import nsmallest

from pydantic import Field

from app.documents.entities.base import DocumentPart
from app.domain.values import CountryCode, EventId, LanguageMap, Slug
from app.domain.vocabulary import ParticipantKind


class Facet(StrEnum):
    """What events can be counted by; each is the parameter that a value of it is given to."""

    TYPE = "type"
    SUBTYPE = "subtype"
    STATUS = "status"
    CONFIDENCE = "confidence"
    YEAR = "year"
    PARTICIPANT = "participant"
    ROLE = "role"
    SIDE = "side"
    PLACE = "place"
    COUNTRY = "country"
    TREATY = "treaty"
    TAG = "tag"
    PUBLISHER = "publisher"
    AGENCY = "agency"


class ValueCount(DocumentPart):
    """A value, and how many events have it."""

    value: str = Field(examples=["meeting"])
    count: int = Field(ge=1)


def most_first(counts: Mapping[str, int], limit: int | None = None) -> list[ValueCount]:
    """The values with the highest counts, ties by value; in Python, for collations differ."""
    size = len(counts) if limit is None else limit
    ordered = nsmallest(size, counts.items(), key=lambda each: (-each[1], each[0]))
    return [ValueCount(value=value, count=count) for value, count in ordered]


class FacetCounts(DocumentPart):
    """The values of a facet, the most first, ties by value."""

    values: list[ValueCount] = Field(description="At most 100.")
    distinct: int = Field(ge=0, description="How many values there are in all.")


Facets = dict[Facet, FacetCounts]


class Interval(StrEnum):
    """How long a bucket of the histogram is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"


class GroupBy(StrEnum):
    """What the events of a bucket are counted by; each event has exactly one value of it."""

    NONE = "none"
    TYPE = "type"
    SUBTYPE = "subtype"
    STATUS = "status"
    CONFIDENCE = "confidence"


class Bucket(DocumentPart):
    """The events that surely began in a stretch of time."""

    start: datetime.date = Field(description="The first day.", examples=["2024-01-01"])
    date: str = Field(
        description="The stretch in EDTF: `202X`, `2024`, `2024-06` or `2024-06-18`.",
        examples=["2024"],
    )
    count: int = Field(ge=1)
    groups: list[ValueCount] = Field(description="The most first; empty without `group_by`.")


class UncertainBucket(DocumentPart):
    """The events whose beginning may lie in more than one bucket."""

    count: int = Field(ge=0)
    groups: list[ValueCount] = Field(description="The most first; empty without `group_by`.")


class Histogram(DocumentPart):
    """Events over time, each counted once."""

    interval: Interval
    group_by: GroupBy
    buckets: list[Bucket] = Field(description="In order of time; those without events are absent.")
    uncertain: UncertainBucket
    total: int = Field(ge=0, description="All that is counted: the buckets and the uncertain.")


class NetworkNode(DocumentPart):
    """A participant who took part in an event with another."""

    id: Slug
    kind: ParticipantKind
    country: CountryCode
    name: LanguageMap
    events: int = Field(ge=1, description="In how many of the events the participant took part.")


class NetworkEdge(DocumentPart):
    """Two participants of the same events; which one is the source means nothing."""

    source: Slug = Field(description="The one whose id comes first.")
    target: Slug
    weight: int = Field(ge=1, description="How many events they share.")
    events: list[EventId] = Field(description="These events, in order of their ids.")


class Network(DocumentPart):
    """Who took part in events with whom: an undirected graph without loops."""

    nodes: list[NetworkNode] = Field(description="The most events first, ties by id.")
    edges: list[NetworkEdge] = Field(description="The heaviest first, ties by id.")

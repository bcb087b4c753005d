"""The documents of counts: facets of a list, the histogram, the network of participants."""

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from app.documents.entities.base import DocumentPart
from app.documents.unknown import UnknownValue
from app.domain.values import CountryCode, EventId, LanguageMap, Slug
from app.domain.vocabulary import ParticipantKind


class Facet(StrEnum):
    """A facet by which events are counted. The filter of the same name takes its values; `year` and
    `decade` fit `date`.
    """

    TYPE = "type"
    SUBTYPE = "subtype"
    STATUS = "status"
    CONFIDENCE = "confidence"
    YEAR = "year"
    DECADE = "decade"
    MONTH_DAY = "month_day"
    PARTICIPANT = "participant"
    ROLE = "role"
    SIDE = "side"
    OFFICE = "office"
    RANK = "rank"
    PLACE = "place"
    COUNTRY = "country"
    TREATY = "treaty"
    TAG = "tag"
    PUBLISHER = "publisher"
    AGENCY = "agency"
    HOUSE = "house"


# A dictionary takes a tenth of the time of a model, and an answer may have hundreds.
class ValueCount(TypedDict):
    """A value, and the number of events that have it."""

    value: Annotated[str, Field(examples=["meeting"])]
    count: Annotated[int, Field(ge=1)]


class LabelledCount(ValueCount):
    """A value of a facet, its label for readers, and the number of events that have it."""

    label: Annotated[LanguageMap, Field(description="The name of the value; in English at least.")]


def most_frequent(counts: Mapping[str, int], limit: int | None = None) -> list[ValueCount]:
    """Return the values with the highest counts, ties by value.

    Python sorts them, because the engines' collations differ.
    """
    # Sorting is stable, also in reverse.
    ordered = sorted(sorted(counts), key=counts.__getitem__, reverse=True)
    return [ValueCount(value=value, count=counts[value]) for value in ordered[:limit]]


class FacetCounts(DocumentPart):
    """The values of a facet, the most frequent first, ties by value."""

    values: list[LabelledCount] = Field(description="At most `facet_limit` values.")
    distinct: int = Field(
        ge=0, description="Number of values in all; with `facet_q`, of those that match it."
    )


Facets = dict[Facet, FacetCounts]


class Interval(StrEnum):
    """The length of a bucket of the histogram."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"


class GroupBy(StrEnum):
    """The field by which the events of a bucket are grouped; each event has exactly one value."""

    NONE = "none"
    TYPE = "type"
    SUBTYPE = "subtype"
    STATUS = "status"
    CONFIDENCE = "confidence"


UnknownValues = Annotated[
    list[UnknownValue],
    Field(
        description="If nothing was counted: the ids in the filters that no entity has, at most ten, and the words of "
        "`q` that no event has, at most three. Otherwise empty."
    ),
]


class Bucket(DocumentPart):
    """The events that certainly began in one period."""

    start: datetime.date = Field(description="First day of the period.", examples=["2024-01-01"])
    date: str = Field(
        description="The period in EDTF: `202X`, `2024`, `2024-06` or `2024-06-18`.",
        examples=["2024"],
    )
    count: int = Field(ge=1)
    groups: list[ValueCount] = Field(
        description="Counts by group, the most frequent first; empty without `group_by`."
    )


class UncertainBucket(DocumentPart):
    """The events that may have begun in any of several buckets."""

    count: int = Field(ge=0)
    groups: list[ValueCount] = Field(
        description="Counts by group, the most frequent first; empty without `group_by`."
    )


class Histogram(DocumentPart):
    """Events over time, each counted once."""

    interval: Interval
    group_by: GroupBy
    buckets: list[Bucket] = Field(
        description="Buckets in order of time; a bucket without events is absent."
    )
    uncertain: UncertainBucket
    total: int = Field(
        ge=0, description="Number of events counted, in the buckets and the uncertain ones."
    )
    unknown: UnknownValues


class NetworkNode(DocumentPart):
    """A participant that shares an event with another participant."""

    id: Slug
    kind: ParticipantKind
    country: CountryCode
    name: LanguageMap
    events: int = Field(
        ge=1, description="Number of the events in which the participant took part."
    )


class NetworkEdge(DocumentPart):
    """Two participants that share events. The edge is undirected."""

    source: Slug = Field(description="Id of one participant: the first of the two in sort order.")
    target: Slug = Field(description="Id of the other participant.")
    weight: int = Field(ge=1, description="Number of events that they share.")
    events: list[EventId] = Field(description="Ids of these events, in sort order.")


class Network(DocumentPart):
    """Participants and the events that they share: an undirected graph without loops."""

    nodes: list[NetworkNode] = Field(description="Participants, the most events first, ties by id.")
    edges: list[NetworkEdge] = Field(description="Pairs, the highest weight first, ties by id.")
    unknown: UnknownValues

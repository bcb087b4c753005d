"""Query parameters of the lists of treaties, places, offices, publishers, tags and sources."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.values import (
    CountryCode,
    LanguageCode,
    OfficeId,
    OrganisationId,
    PlaceId,
    SourceId,
    TagId,
    TreatyId,
)
from app.domain.vocabulary import PublisherKind, Rank, TreatyKind
from app.reading.parameters.common import (
    MAX_VALUES,
    AnyCasePublisherId,
    BoundingBox,
    Certainty,
    DateRange,
    IdentifiersElsewhere,
    NameBeginning,
)


class NamedFilters(BaseModel):
    """Chooses entities by their names."""

    q: Annotated[
        NameBeginning,
        Field(
            description="The beginning of a name, for suggestions while a user types: each word must begin "
            "a word of the same name or alias, in their order, in any language. Case, accents and hyphens do "
            "not count.",
            examples=["pyong"],
        ),
    ] = ""


class TreatyFilters(NamedFilters):
    """Chooses treaties. Values of one parameter are alternatives; all parameters must match."""

    kind: Annotated[
        list[TreatyKind],
        Field(max_length=MAX_VALUES, description="The treaty is of one of these kinds."),
    ] = []
    party: Annotated[
        list[CountryCode],
        Field(max_length=MAX_VALUES, description="One of these countries is a party."),
    ] = []
    in_force_on: Annotated[
        DateRange,
        Field(
            description=(
                "The treaty may have been in force on this day, or on at least one day of this EDTF date "
                "or interval: it was signed by then and is not known to have ended. `in_force` says "
                "of each treaty whether its period is known."
            ),
            examples=["1995-01-01"],
        ),
    ] = ""
    certainty: Annotated[
        Certainty,
        Field(
            description="With `certain`, only treaties of which a stage shows that they were in force: an "
            "entry into force, or a termination. A terminated treaty counts from its signature if its "
            "entry into force is unknown. Without `in_force_on`, all treaties of which that is known."
        ),
    ] = Certainty.POSSIBLE
    id: Annotated[
        list[TreatyId],
        Field(
            max_length=MAX_VALUES,
            description="The treaty has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []


class TreatySort(StrEnum):
    """The order of treaties; a leading `-` is descending."""

    ID = "id"
    DATE = "date"
    DATE_DESCENDING = "-date"


class TreatyOrder(BaseModel):
    """Chooses the order of treaties."""

    sort: Annotated[
        TreatySort,
        Field(
            description="`date` sorts by the first possible day of the first stage, `-date` the newest "
            "first; ties are broken by id. A treaty without a stage has the latest date."
        ),
    ] = TreatySort.ID


class PlaceFilters(NamedFilters):
    """Chooses places. Values of one parameter are alternatives; all parameters must match."""

    country: Annotated[
        list[CountryCode],
        Field(max_length=MAX_VALUES, description="The place is in one of these countries."),
    ] = []
    part_of: Annotated[
        list[PlaceId],
        Field(
            max_length=MAX_VALUES,
            description="The place lies directly within one of these places.",
            examples=[["pyongyang"]],
        ),
    ] = []
    bbox: BoundingBox = ""
    id: Annotated[
        list[PlaceId],
        Field(
            max_length=MAX_VALUES,
            description="The place has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []
    identifier: IdentifiersElsewhere = []


class OfficeFilters(NamedFilters):
    """Chooses offices. Values of one parameter are alternatives; all parameters must match."""

    rank: Annotated[
        list[Rank], Field(max_length=MAX_VALUES, description="The office has one of these ranks.")
    ] = []
    country: Annotated[
        list[CountryCode],
        Field(max_length=MAX_VALUES, description="The office belongs to one of these countries."),
    ] = []
    organisation: Annotated[
        list[OrganisationId],
        Field(max_length=MAX_VALUES, description="The office is in one of these organisations."),
    ] = []
    id: Annotated[
        list[OfficeId],
        Field(
            max_length=MAX_VALUES,
            description="The office has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []


class PublisherFilters(NamedFilters):
    """Chooses publishers. Values of one parameter are alternatives; all parameters must match."""

    kind: Annotated[
        list[PublisherKind],
        Field(max_length=MAX_VALUES, description="The publisher is of one of these kinds."),
    ] = []
    country: Annotated[
        list[CountryCode],
        Field(
            max_length=MAX_VALUES,
            description="The publisher has its seat in one of these countries.",
        ),
    ] = []
    house: Annotated[
        list[AnyCasePublisherId],
        Field(max_length=MAX_VALUES, description="The publisher copies one of these houses."),
    ] = []
    state: Annotated[
        list[bool],
        Field(
            max_length=2,
            description="Whether a state owns or directs the publisher. Publishers of which this is "
            "unknown match neither value.",
        ),
    ] = []
    id: Annotated[
        list[AnyCasePublisherId],
        Field(
            max_length=MAX_VALUES,
            description="The publisher has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []


class TagFilters(NamedFilters):
    """Chooses tags. Values of one parameter are alternatives; all parameters must match."""

    broader: Annotated[
        list[TagId],
        Field(max_length=MAX_VALUES, description="The tag is directly below one of these tags."),
    ] = []
    id: Annotated[
        list[TagId],
        Field(
            max_length=MAX_VALUES,
            description="The tag has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []


class SourceFilters(BaseModel):
    """Chooses sources. Values of one parameter are alternatives; all parameters must match."""

    publisher: Annotated[
        list[AnyCasePublisherId],
        Field(
            max_length=MAX_VALUES,
            description="The source was seen at one of these publishers.",
        ),
    ] = []
    agency: Annotated[
        list[AnyCasePublisherId],
        Field(
            max_length=MAX_VALUES,
            description="One of these publishers wrote the source's text.",
            examples=[["kcna"]],
        ),
    ] = []
    house: Annotated[
        list[AnyCasePublisherId],
        Field(
            max_length=MAX_VALUES,
            description="The source is a text of one of these houses, on any site.",
            examples=[["kcna"]],
        ),
    ] = []
    language: Annotated[
        list[LanguageCode],
        Field(max_length=MAX_VALUES, description="The source is in one of these languages."),
    ] = []
    id: Annotated[
        list[SourceId],
        Field(
            max_length=MAX_VALUES,
            description="The source has one of these ids. Repeat it to get several in one request.",
        ),
    ] = []

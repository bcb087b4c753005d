"""An event in the words of https://schema.org, as JSON-LD 1.1: the shapes.

Each text is there in every language that is known, each with its `@language`. What schema.org has no
word for (the EDTF date) is told in others, and what is not known is left out.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import MISSING, AwareDatetime, ConfigDict, Field
from pydantic.alias_generators import to_camel

from app.documents.entities.base import DocumentPart
from app.domain.languages import Language
from app.domain.values import CountryCode, EdtfText, LanguageCode, Slug, Url
from app.domain.vocabulary import Role


class LinkedPart(DocumentPart):
    """A part of a JSON-LD document: keys are written as schema.org writes them."""

    model_config = ConfigDict(alias_generator=to_camel)


class SparseLinkedPart(LinkedPart):
    """A part in which a key without a value is left out, as in JSON-LD null takes a value away."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


NodeId = Annotated[str, Field(alias="@id", description="Its IRI.")]
IsoDate = Annotated[
    str,
    Field(
        description="ISO 8601, as finely as it is known: a day, a month or a year.",
        examples=["2024-11-01", "2024-11"],
    ),
]


class LinkTerm(LinkedPart):
    """Values under this key are IRIs."""

    type: Literal["@id"] = Field(default="@id", alias="@type")


class DateTerm(LinkedPart):
    """Values under this key are EDTF dates (https://id.loc.gov/datatypes/edtf.html)."""

    id: Literal["http://purl.org/dc/terms/date"] = Field(
        default="http://purl.org/dc/terms/date", alias="@id"
    )
    type: Literal["http://id.loc.gov/datatypes/edtf/EDTF"] = Field(
        default="http://id.loc.gov/datatypes/edtf/EDTF", alias="@type"
    )


class LinkedContext(LinkedPart):
    """What the keys mean; nothing has to be fetched to know it."""

    vocab: Literal["https://schema.org/"] = Field(default="https://schema.org/", alias="@vocab")
    date: DateTerm = DateTerm()
    event_status: LinkTerm = LinkTerm()
    license: LinkTerm = LinkTerm()
    same_as: LinkTerm = LinkTerm()
    url: LinkTerm = LinkTerm()


class LinkedText(LinkedPart):
    """A text in a language."""

    language: Language = Field(alias="@language")
    value: str = Field(alias="@value")


class LinkedReference(LinkedPart):
    """Something that is told of elsewhere."""

    id: NodeId


class LinkedProperty(LinkedPart):
    """A property for which schema.org has no word of its own."""

    type: Literal["PropertyValue"] = Field(default="PropertyValue", alias="@type")
    name: str = Field(examples=["confidence"])
    value: str = Field(examples=["high"])


class AgentType(StrEnum):
    """What a participant is, in the words of schema.org."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    COUNTRY = "Country"


class LinkedAgent(LinkedPart):
    """A participant."""

    type: AgentType = Field(alias="@type")
    id: NodeId
    name: list[LinkedText]
    url: str = Field(description="The participant's document.")
    identifier: list[LinkedProperty] = Field(description="Who this is in other catalogues.")
    same_as: list[str] = Field(description="The same in the catalogues that have IRIs.")


class LinkedRole(SparseLinkedPart):
    """A part in the event; the participant is under the same key as the role is."""

    type: Literal["Role"] = Field(alias="@type")
    role_name: Role
    description: str | MISSING = Field(default=MISSING, description="The office held then.")
    organizer: LinkedAgent | MISSING = MISSING
    attendee: LinkedAgent | MISSING = MISSING
    contributor: LinkedAgent | MISSING = MISSING


class LinkedAddress(LinkedPart):
    """The country of a place."""

    type: Literal["PostalAddress"] = Field(default="PostalAddress", alias="@type")
    address_country: CountryCode


class LinkedCoordinates(LinkedPart):
    """WGS 84 degrees."""

    type: Literal["GeoCoordinates"] = Field(default="GeoCoordinates", alias="@type")
    latitude: float
    longitude: float


class LinkedPlace(LinkedPart):
    """Where it was; how exact the coordinates are is its `precision`."""

    type: Literal["Place"] = Field(default="Place", alias="@type")
    id: NodeId
    name: list[LinkedText]
    url: str = Field(description="The place's document.")
    address: LinkedAddress
    geo: LinkedCoordinates
    additional_property: list[LinkedProperty]


class LinkedTreaty(LinkedPart):
    """The treaty of which the event is a stage."""

    type: Literal["CreativeWork"] = Field(default="CreativeWork", alias="@type")
    id: NodeId
    name: list[LinkedText]
    url: str = Field(description="The treaty's document.")


class LinkedPublisher(LinkedPart):
    """A publisher or an agency, as it is named."""

    type: Literal["Organization"] = Field(default="Organization", alias="@type")
    name: str


class LinkedSource(SparseLinkedPart):
    """A publication that reports the event."""

    type: Literal["CreativeWork"] = Field(alias="@type")
    id: NodeId
    in_language: LanguageCode
    url: Url | MISSING = MISSING
    date_published: IsoDate | MISSING = MISSING
    publisher: LinkedPublisher | MISSING = MISSING
    author: LinkedPublisher | MISSING = Field(
        default=MISSING, description="The agency whose text it carries."
    )


class LinkedDocument(LinkedPart):
    """What this API says of the event: the document, and the sources that it is based on."""

    type: Literal["CreativeWork"] = Field(default="CreativeWork", alias="@type")
    id: NodeId
    url: str = Field(description="The event's document.")
    encoding_format: Literal["application/json"] = "application/json"
    license: str
    version: int = Field(description="Its revision.")
    date_created: AwareDatetime
    date_modified: AwareDatetime
    is_based_on: list[LinkedSource]


class EventStatusType(StrEnum):
    """The status of an event, where schema.org has a word for it."""

    SCHEDULED = "https://schema.org/EventScheduled"
    CANCELLED = "https://schema.org/EventCancelled"


class LinkedEvent(SparseLinkedPart):
    """An event in the words of schema.org, as JSON-LD."""

    context: LinkedContext = Field(alias="@context")
    type: Literal["Event"] = Field(alias="@type")
    id: NodeId
    name: list[LinkedText]
    description: list[LinkedText]
    url: str = Field(description="The event's document.")
    date: EdtfText
    start_date: IsoDate | MISSING = Field(
        default=MISSING, description="Absent where ISO 8601 cannot say it without inventing."
    )
    end_date: IsoDate | MISSING = Field(
        default=MISSING, description="Absent where ISO 8601 cannot say it without inventing."
    )
    event_status: EventStatusType | MISSING = Field(
        default=MISSING, description="Absent for what is only reported."
    )
    location: LinkedPlace | MISSING = MISSING
    organizer: list[LinkedRole] = Field(description="Hosts.")
    attendee: list[LinkedRole] = Field(description="Those who were there.")
    contributor: list[LinkedRole] = Field(description="Those who need not have been there.")
    about: LinkedTreaty | MISSING = MISSING
    super_event: list[LinkedReference] = Field(description="What it is part of.")
    keywords: list[Slug]
    additional_property: list[LinkedProperty] = Field(
        description="Type, subtype, status and confidence."
    )
    subject_of: list[LinkedDocument] = Field(description="What says so.")

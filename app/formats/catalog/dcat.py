"""A catalogue of one dataset as DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) in JSON-LD: the shapes."""

from datetime import date
from typing import Literal

from pydantic import MISSING, AwareDatetime, ConfigDict, Field
from pydantic.alias_generators import to_camel

from app.documents.entities.base import SparseDocumentPart
from app.formats.catalog.schema_org import LinkedReference, LinkedText, NodeId


class CatalogPart(SparseDocumentPart):
    """A part of a catalogue: keys are words of DCAT, or of the context."""

    model_config = ConfigDict(alias_generator=to_camel)


class CatalogContext(CatalogPart):
    """What the keys mean, where they are no words of DCAT; nothing has to be fetched to know it."""

    vocab: Literal["http://www.w3.org/ns/dcat#"] = Field(alias="@vocab")
    dct: Literal["http://purl.org/dc/terms/"]
    xsd: Literal["http://www.w3.org/2001/XMLSchema#"]
    identifier: Literal["dct:identifier"]
    title: Literal["dct:title"]
    description: Literal["dct:description"]
    license: Literal["dct:license"]
    language: Literal["dct:language"]
    modified: Literal["dct:modified"]
    temporal: Literal["dct:temporal"]
    format: Literal["dct:format"]


class CatalogDate(CatalogPart):
    """A day."""

    type: Literal["xsd:date"] = Field(alias="@type")
    value: date = Field(alias="@value")


class CatalogInstant(CatalogPart):
    """An instant."""

    type: Literal["xsd:dateTime"] = Field(alias="@type")
    value: AwareDatetime = Field(alias="@value")


class CatalogPeriod(CatalogPart):
    """The days that events cover, as far as they are known."""

    type: Literal["dct:PeriodOfTime"] = Field(alias="@type")
    start_date: CatalogDate | MISSING = MISSING
    end_date: CatalogDate | MISSING = MISSING


class CatalogDistribution(CatalogPart):
    """A file of the dataset."""

    type: Literal["Distribution"] = Field(alias="@type")
    id: NodeId
    title: LinkedText
    license: LinkedReference
    access_url: LinkedReference = Field(alias="accessURL")
    download_url: LinkedReference = Field(alias="downloadURL")
    media_type: LinkedReference | MISSING = Field(
        default=MISSING, description="Where IANA has registered it."
    )
    format: str | MISSING = Field(default=MISSING, description="Where it has not.")
    access_service: LinkedReference


class CatalogDataset(CatalogPart):
    """The dataset, in the state that was asked for."""

    type: Literal["Dataset"] = Field(alias="@type")
    id: NodeId
    identifier: str
    title: list[LinkedText]
    description: LinkedText
    license: LinkedReference
    language: list[LinkedReference]
    version: str = Field(description="The last change that is in it.")
    modified: CatalogInstant | MISSING = MISSING
    temporal: CatalogPeriod | MISSING = MISSING
    landing_page: LinkedReference
    distribution: list[CatalogDistribution]


class CatalogService(CatalogPart):
    """This API."""

    type: Literal["DataService"] = Field(alias="@type")
    id: NodeId
    title: list[LinkedText]
    endpoint_url: LinkedReference = Field(alias="endpointURL")
    endpoint_description: LinkedReference = Field(description="The OpenAPI document.")
    serves_dataset: LinkedReference


class DatasetCatalog(CatalogPart):
    """The dataset and the service that gives it, as DCAT 3."""

    context: CatalogContext = Field(alias="@context")
    type: Literal["Catalog"] = Field(alias="@type")
    id: NodeId
    title: list[LinkedText]
    dataset: CatalogDataset
    service: CatalogService

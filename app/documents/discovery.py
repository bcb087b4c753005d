"""The service index and the API catalog: links to all parts of the API."""

from pydantic import Field

from app.documents.entities.base import DocumentPart


class LinkTarget(DocumentPart):
    """The target of a link (RFC 9264)."""

    href: str = Field(description="URL of the target.")
    type: str = Field(description="Media type of the target.", examples=["text/html"])


class ApiLinks(DocumentPart):
    """The links of one API, by their relation (RFC 8631, RFC 8288)."""

    anchor: str = Field(description="Base URL of the API's paths.")
    service_desc: list[LinkTarget] = Field(
        alias="service-desc", description="The contract: the OpenAPI document."
    )
    service_doc: list[LinkTarget] = Field(
        alias="service-doc", description="Documentation for people."
    )
    described_by: list[LinkTarget] = Field(
        alias="describedby", description="The tables of the data, as a Data Package."
    )
    service_meta: list[LinkTarget] = Field(
        alias="service-meta", description="The dataset and its files, as DCAT."
    )
    status: list[LinkTarget] = Field(description="The health check of the API.")
    license: list[LinkTarget] = Field(description="Licence of the data.")


class ApiCatalog(DocumentPart):
    """The APIs of this server (RFC 9727). There is one."""

    linkset: list[ApiLinks] = Field(description="The links of the one API.")


class IndexLink(DocumentPart):
    """A link to a part of the API."""

    rel: str = Field(
        description="Relation of the link (RFC 8288); `item` leads to data, and `service` to the data by another "
        "standard.",
        examples=["item"],
    )
    href: str = Field(description="URL of the target.")
    type: str = Field(description="Media type of the target.", examples=["application/json"])
    title: str = Field(examples=["Events"])


class ServiceIndex(DocumentPart):
    """The service, and links to its parts."""

    title: str
    summary: str
    version: str = Field(description="Version of the server program.", examples=["0.2.0"])
    license: str = Field(description="Licence of the data.")
    links: list[IndexLink]

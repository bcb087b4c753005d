"""How a program or a person finds the API's parts from its address alone."""

from pydantic import Field

from app.documents.entities.base import DocumentPart


class LinkTarget(DocumentPart):
    """Where a link leads (RFC 9264)."""

    href: str
    type: str = Field(description="The media type of what is there.", examples=["text/html"])


class ApiLinks(DocumentPart):
    """The links of one API, by their relation (RFC 8631, RFC 8288)."""

    anchor: str = Field(description="The API: the URL below which its paths stand.")
    service_desc: list[LinkTarget] = Field(
        alias="service-desc", description="The contract: the OpenAPI document."
    )
    service_doc: list[LinkTarget] = Field(alias="service-doc", description="Pages for people.")
    described_by: list[LinkTarget] = Field(
        alias="describedby", description="The tables of the data, as a Data Package."
    )
    service_meta: list[LinkTarget] = Field(
        alias="service-meta", description="The dataset and its files, as DCAT."
    )
    status: list[LinkTarget] = Field(description="Whether the API can answer.")
    license: list[LinkTarget] = Field(description="The licence of the data.")


class ApiCatalog(DocumentPart):
    """The APIs of this server, which is one (RFC 9727)."""

    linkset: list[ApiLinks]


class IndexLink(DocumentPart):
    """A link with its relation and what to expect of it."""

    rel: str = Field(
        description="The relation (RFC 8288): `item` for what holds data.", examples=["item"]
    )
    href: str
    type: str = Field(description="The media type of what is there.", examples=["application/json"])
    title: str = Field(examples=["Events"])


class ServiceIndex(DocumentPart):
    """What this is, and where its parts are."""

    title: str
    summary: str
    version: str = Field(description="The version of the program.", examples=["0.2.0"])
    license: str = Field(description="The licence of the data.")
    links: list[IndexLink]

"""The answers in the form of another standard, as the OpenAPI document declares them.

Only the keys that every program needs are declared. For the others the schema links to the standard,
and tests hold the answers against independent implementations of it.
"""

from typing import Any, Literal

from pydantic import ConfigDict, Field, RootModel

from app.documents.entities.base import DocumentPart


def _defined_by(url: str) -> ConfigDict:
    """The standard at this URL defines all keys of the object, also those that are not declared."""
    return ConfigDict(extra="allow", json_schema_extra={"externalDocs": {"url": url}})


class _JsonLdDocument(DocumentPart):
    """The keys of a JSON-LD 1.1 document."""

    context: dict[str, Any] = Field(
        alias="@context", description="Defines the keys, so that a reader fetches nothing else."
    )
    type: str = Field(alias="@type")
    id: str = Field(alias="@id", description="Its IRI.")


class LinkedEvent(_JsonLdDocument):
    """An event in the vocabulary of schema.org, as JSON-LD."""

    model_config = _defined_by("https://schema.org/Event")

    type: Literal["Event"] = Field(alias="@type")


class DatasetCatalog(_JsonLdDocument):
    """The dataset and the service that publishes it, as DCAT 3 in JSON-LD."""

    model_config = _defined_by("https://www.w3.org/TR/vocab-dcat-3/")

    type: Literal["Catalog"] = Field(alias="@type")


class DataPackage(DocumentPart):
    """The dataset and its tables, as a Data Package."""

    model_config = _defined_by("https://datapackage.org/standard/data-package/")

    profile: Literal["https://datapackage.org/profiles/2.0/datapackage.json"] = Field(
        alias="$schema"
    )
    name: str
    version: str = Field(description="The number of the last change that the files include.")
    resources: list[dict[str, Any]] = Field(
        description="The files and the tables in them, each table with its Table Schema."
    )


class CslItem(DocumentPart):
    """A reference, as an item of CSL-JSON 1.0.2."""

    model_config = _defined_by("https://docs.citationstyles.org/en/stable/specification.html")

    id: str = Field(description="Its key, unique within the answer.")
    type: str = Field(description="The kind of the work.", examples=["article-newspaper"])


class CslItems(RootModel[list[CslItem]]):
    """References, as CSL-JSON 1.0.2."""

"""The documents of releases."""

from pydantic import AwareDatetime, Field

from app.documents.entities.base import DocumentPart
from app.documents.pages import PageInfo
from app.domain.values import Slug


class ReleaseDocument(DocumentPart):
    """A permanent name for a state of the data."""

    name: Slug = Field(
        description="Name of the release; the parameter `release` takes it.", examples=["2026-11"]
    )
    seq: int = Field(description="Number of the last change in the release.", examples=[2976])
    at: AwareDatetime = Field(description="Time of that change, UTC.")
    digest: str = Field(description="Digest of that change. It covers the whole log up to it.")
    created_at: AwareDatetime = Field(description="Time when the release was made, UTC.")
    url: str = Field(description="URL of the data of the release, as an SQLite file.")


class ReleasePage(DocumentPart):
    """A page of releases, the newest first."""

    items: list[ReleaseDocument]
    page: PageInfo

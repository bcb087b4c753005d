"""Releases as readers get them."""

from pydantic import AwareDatetime, Field

from app.documents.entities.base import DocumentPart
from app.documents.pages import PageInfo
from app.domain.values import Slug


class ReleaseDocument(DocumentPart):
    """A name for a state of the data, given once and for ever."""

    name: Slug = Field(description="What `release=` takes.", examples=["2026-11"])
    seq: int = Field(description="The last change that is in it.", examples=[2721])
    at: AwareDatetime = Field(description="When that change was made, UTC.")
    digest: str = Field(
        description="The digest of that change, which vouches for the whole log up to it."
    )
    created_at: AwareDatetime = Field(description="When the release was made, UTC.")
    url: str = Field(description="Where the data of the release can be downloaded, as SQLite.")


class ReleasePage(DocumentPart):
    """A page of releases, the newest first."""

    items: list[ReleaseDocument]
    page: PageInfo

"""The facts of a release that the descriptions of its folder repeat."""

from datetime import datetime
from typing import NamedTuple

from app.documents.dataset import DatasetFacts
from app.formats.catalog.data_package import CsvTable


class ReleaseFacts(NamedTuple):
    """A release: its name, its state, who publishes it, the address of the service, and where to ask."""

    name: str
    seq: int
    at: datetime
    digest: str
    publisher: str
    root: str
    covered: DatasetFacts
    contact: str = ""

    @property
    def title_version(self) -> str:
        """The words by which people cite it."""
        return f"release {self.name}"


class DataFile(NamedTuple):
    """A file of data in the folder, with its size and digest; `table` describes a CSV."""

    name: str
    media_type: str
    description: str
    size: int
    sha256: str
    table: CsvTable | None = None

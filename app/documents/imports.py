"""What came of an import."""

from pydantic import Field

from app.documents.entities.base import DocumentPart


class ImportCounts(DocumentPart):
    """How many records of a kind were new, different from what was stored, or the same, or withdrew.

    What was withdrawn before is among the unchanged.
    """

    created: int
    updated: int
    unchanged: int
    withdrawn: int


class ImportCountsByKind(DocumentPart):
    """The counts of each kind, under the names that the collections of records have."""

    participants: ImportCounts
    places: ImportCounts
    sources: ImportCounts
    treaties: ImportCounts
    events: ImportCounts


class ImportedChanges(DocumentPart):
    """The entries that an import added to the change log: those after `after`, up to `last`.

    There are more of them than records where documents changed that name what was written.
    """

    after: int = Field(description="The number of the last change before; 0 if there was none.")
    last: int = Field(description="The number of the last change; as `after` if there is none.")


class ImportDocument(DocumentPart):
    """What an import did, or, of a dry run, what it would have done."""

    dry_run: bool = Field(description="Whether all was taken back, and nothing is written.")
    counts: ImportCountsByKind
    total: ImportCounts
    changes: ImportedChanges

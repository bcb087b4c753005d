"""The result of an import."""

from pydantic import Field

from app.documents.entities.base import DocumentPart
from app.domain.vocabulary import EntityKind


class ImportCounts(DocumentPart):
    """The numbers of imported records by their effect."""

    created: int = Field(description="Number of records of new entities.")
    updated: int = Field(description="Number of records that differed from the stored ones.")
    unchanged: int = Field(
        description="Number of records that changed nothing, such as withdrawals of entities that "
        "were already withdrawn."
    )
    withdrawn: int = Field(description="Number of entities that were withdrawn.")


class ImportCountsByKind(DocumentPart):
    """The counts for each collection of records."""

    participants: ImportCounts
    places: ImportCounts
    offices: ImportCounts
    publishers: ImportCounts
    sources: ImportCounts
    treaties: ImportCounts
    tags: ImportCounts
    events: ImportCounts


class ImportedChanges(DocumentPart):
    """The entries that the import added to the change log: all after `after`, up to `last`.

    They can outnumber the records, because entities that refer to a changed one may change too.
    """

    after: int = Field(description="Number of the last change before the import; 0 for none.")
    last: int = Field(
        description="Number of the last change of the import; equal to `after` for no change."
    )


class MergedReference(DocumentPart):
    """The id of a merged entity in a record, and the entity to which the record refers instead."""

    kind: EntityKind
    id: str = Field(description="Id in the record.", examples=["sergei-lavrov"])
    survivor: str = Field(
        description="Id of the entity that took its place.", examples=["sergey-lavrov"]
    )


class ImportDocument(DocumentPart):
    """The effect of an import; for a dry run, the effect that it would have."""

    dry_run: bool = Field(description="Whether this was a dry run, which writes nothing.")
    counts: ImportCountsByKind
    total: ImportCounts
    changes: ImportedChanges
    merged: list[MergedReference] = Field(
        description="References of records to merged entities: the server stored each as a reference "
        "to the survivor."
    )

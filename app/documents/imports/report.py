"""The result of an import."""

from pydantic import AwareDatetime, Field

from app.documents.entities.base import DocumentPart
from app.documents.imports.review import LeftOut, Review
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
    restored: int = Field(
        description="Number of withdrawn entities that live again, after the revert of an import."
    )


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
    left_out: LeftOut
    review: Review


class ImportEffects(DocumentPart):
    """The numbers of entities that an import changed itself, by effect."""

    created: int = Field(description="Number of new entities.")
    updated: int = Field(description="Number of changed entities.")
    withdrawn: int = Field(description="Number of withdrawn entities.")
    restored: int = Field(description="Number of withdrawn entities that live again.")


class ImportObstacle(DocumentPart):
    """Why an import cannot be reverted: a later change that depends on it."""

    kind: EntityKind | None = Field(description="Kind of the entity; null for none.")
    id: str | None = Field(description="Id of the entity; null for none.")
    detail: str = Field(description="The later change, and how to go on.")


class ImportRunDocument(DocumentPart):
    """An import that changed something: who, when and why, and whether it can be reverted."""

    seq: int = Field(description="Number of its last change, by which it is known.")
    at: AwareDatetime = Field(description="Time of the import, UTC.")
    actor: str = Field(description="Name of the API key or program that imported.")
    reason: str | None = Field(description="Reason for the import; null if none was given.")
    file: str = Field(description="Name under which the records were sent.", examples=["feed.yaml"])
    effects: ImportEffects
    changes: ImportedChanges
    reverts: int | None = Field(
        description="Number of the import that this one reverted; null if it is no revert."
    )
    reverted_by: int | None = Field(
        description="Number of the import that reverted this one; null if none did."
    )
    revertible: bool | None = Field(
        description="Whether a revert would succeed now, with any scope; null for an import of more than "
        "1,000 entities, of which only a dry run of the revert tells."
    )
    needs_admin: bool = Field(
        description="Whether a revert needs a key with the scope `admin`, because it would withdraw more "
        "than 100 entities."
    )
    obstacles: list[ImportObstacle] = Field(
        description="What depends on the import, at most 20; empty if it can be reverted."
    )
    more_obstacles: int = Field(description="Number of further obstacles.")

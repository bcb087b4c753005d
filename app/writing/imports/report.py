"""The report of an import."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from app.documents.imports.report import (
    ImportCounts,
    ImportCountsByKind,
    ImportDocument,
    ImportedChanges,
    MergedReference,
)
from app.documents.tombstone import Survivors
from app.domain.vocabulary import EntityKind
from app.writing.apply import Tally
from app.writing.imports.survey import Survey


@dataclass(frozen=True)
class ImportReport:
    """The tally of each kind, and the numbers of the newest change before and after the import.

    Both numbers are equal if the import made no change. `survivors` are those of the merged entities
    to which records referred.
    """

    tallies: Mapping[EntityKind, Tally]
    after: int
    last: int
    survivors: Survivors
    survey: Survey = field(default_factory=Survey)

    @property
    def total(self) -> Tally:
        """The tally of all kinds together."""
        tallies = self.tallies.values()
        return Tally(
            sum(tally.created for tally in tallies),
            sum(tally.updated for tally in tallies),
            sum(tally.unchanged for tally in tallies),
            sum(tally.withdrawn for tally in tallies),
            sum(tally.restored for tally in tallies),
        )

    def to_document(self, *, dry_run: bool) -> ImportDocument:
        """Return the report as the API serves it."""
        counts = {
            kind.collection: ImportCounts(**asdict(tally)) for kind, tally in self.tallies.items()
        }
        return ImportDocument(
            dry_run=dry_run,
            counts=ImportCountsByKind(**counts),
            total=ImportCounts(**asdict(self.total)),
            changes=ImportedChanges(after=self.after, last=self.last),
            merged=[
                MergedReference(kind=kind, id=slug, survivor=survivor)
                for (kind, slug), survivor in self.survivors.items()
            ],
            left_out=self.survey.left_out_document(),
            review=self.survey.review_document(),
        )

"""The choices that the sender of an import has."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.documents.imports.review import ReviewWarning
from app.records.parsing.positions import LocatedRecord

# From the records of an import, and all stored ones, to warnings about the former.
Advisor = Callable[[Sequence[LocatedRecord], Sequence[LocatedRecord]], Iterable[ReviewWarning]]


class Omissions(StrEnum):
    """The fate of a stored value that the new record lacks: it is deleted, or the import is refused."""

    DELETE = "delete"
    REFUSE = "refuse"


@dataclass(frozen=True)
class ImportChoices:
    """How records are imported.

    `file` is the name under which they are sent, by default the actor's. `keep_edits` leaves records
    alone that others edited, `skip_withdrawn` those whose entity was withdrawn or merged.
    `advise` makes the further warnings of a dry run.
    """

    reason: str | None = None
    file: str = ""
    omissions: Omissions = Omissions.DELETE
    keep_edits: bool = False
    skip_withdrawn: bool = False
    advise: Advisor | None = None


NO_CHOICES: Final = ImportChoices()

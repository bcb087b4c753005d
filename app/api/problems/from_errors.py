"""What writing refuses, as problems."""

from app.api.problems import (
    InvalidParameter,
    InvalidRecords,
    NotFound,
    PossibleDuplicate,
    Problem,
    ProblemItem,
    StillReferred,
    Withdrawn,
)
from app.records.parsing.errors import RecordError
from app.records.parsing.record_body import InvalidRecordError
from app.writing.edits.duplicates import DuplicateError
from app.writing.edits.entities import GoneError, NotThereError
from app.writing.edits.merges import UnfitSurvivorError
from app.writing.edits.withdrawals import ReferredError

REFUSALS = (
    InvalidRecordError,
    DuplicateError,
    ReferredError,
    GoneError,
    NotThereError,
    UnfitSurvivorError,
)


def refusal(error: Exception) -> Problem:
    """The problem that tells of one of REFUSALS."""
    match error:
        case InvalidRecordError():
            return InvalidRecords(str(error), [record_item(each) for each in error.errors])
        case DuplicateError():
            return PossibleDuplicate(
                f"{error}: send allow_duplicate=true if yours is another",
                [_named(slug, "has this date, type and participants") for slug in error.candidates],
            )
        case ReferredError():
            items = [
                _named(each.slug, f"this {each.kind} names it as {each.role}")
                for each in error.referrers
            ]
            return StillReferred(str(error), items)
        case GoneError():
            return Withdrawn(f"{error}; its id is not given again")
        case UnfitSurvivorError():
            item = ProblemItem(parameter="into", detail=str(error))
            return InvalidParameter(f"into: {error}", [item])
    return NotFound(str(error))


def record_item(error: RecordError) -> ProblemItem:
    """A fault of a record as a problem names it."""
    return ProblemItem(
        record=error.record, pointer=error.pointer, line=error.line, detail=error.problem
    )


def _named(slug: str, detail: str) -> ProblemItem:
    return ProblemItem(record=slug, detail=detail)

"""Problems for the errors that reading, writing and the database raise."""

from app.api.problems.base import Problem, ProblemItem
from app.api.problems.catalogue import (
    Behind,
    InsufficientScope,
    InvalidCursor,
    InvalidParameter,
    InvalidRecords,
    LaterChanges,
    NotFound,
    NotReady,
    PossibleDuplicate,
    QueryTimeout,
    ReadOnly,
    StillReferred,
    Withdrawn,
)
from app.documents.unknown import UnknownValue
from app.reading.cursors import CursorError
from app.reading.lists import SortError
from app.reading.unknown_ids import UnknownIdError
from app.records.parsing.errors import RecordError
from app.records.parsing.record_body import InvalidRecordError
from app.tables.clock import ClockJumpError
from app.tables.database import (
    BehindError,
    BusyError,
    ReadOnlyError,
    SlowQueryError,
    UnknownOutcomeError,
)
from app.tables.files.database_file import UnusableFileError
from app.writing.edits.duplicates import DuplicateError
from app.writing.edits.entities import GoneError, NotThereError
from app.writing.edits.merges import UnfitSurvivorError
from app.writing.edits.reverts import NoSuchRevisionError
from app.writing.edits.withdrawals import ReferredError
from app.writing.imports.register import NoImportError
from app.writing.imports.remedies import REQUESTS, with_remedies
from app.writing.imports.reverts import DependedError, LargeRevertError

ERRORS = (
    BehindError,
    BusyError,
    ClockJumpError,
    CursorError,
    DependedError,
    DuplicateError,
    GoneError,
    InvalidRecordError,
    LargeRevertError,
    NoImportError,
    NoSuchRevisionError,
    NotThereError,
    ReadOnlyError,
    ReferredError,
    SlowQueryError,
    SortError,
    UnfitSurvivorError,
    UnknownIdError,
    UnknownOutcomeError,
    UnusableFileError,
)


def problem_from(error: Exception) -> Problem:
    """Return the problem for an error of one of the ERRORS."""
    match error:
        case BehindError():
            return Behind(f"{error}, and the request needs a later one: retry later")
        case BusyError():
            return NotReady(f"{error}: retry later")
        case ReadOnlyError():
            return ReadOnly(f"{error}; send this request to the primary")
        case UnknownOutcomeError():
            return NotReady(
                f"{error}; read it before you send it again, or send the import again with the same "
                "Idempotency-Key"
            )
        case UnusableFileError() | ClockJumpError():
            return NotReady(str(error))
        case SlowQueryError():
            return QueryTimeout(f"the query was cancelled: {error}; narrow it")
        case CursorError():
            remedy = (
                "follow the link to the next page unchanged (in a list page.next), or omit cursor to "
                "begin at the first page"
            )
            return InvalidCursor(f"{error}: {remedy}")
        case SortError():
            return InvalidParameter.of(("sort", str(error)))
        case UnknownIdError():
            return NotFound(str(error), [_unknown_item(each) for each in error.unknown])
        case UnfitSurvivorError():
            return InvalidParameter.of(("into", str(error)))
        case InvalidRecordError():
            errors = with_remedies(error.errors, REQUESTS, skips=False)
            return InvalidRecords(str(error), [record_item(each) for each in errors])
        case DuplicateError():
            return PossibleDuplicate(
                f"{error}: if yours is a different event, send allow_duplicate=true",
                [_item(slug, "has this date, type and participants") for slug in error.candidates],
            )
        case ReferredError():
            items = [
                _item(each.slug, f"this {each.kind} refers to it as {each.role}")
                for each in error.referrers
            ]
            return StillReferred(str(error), items)
        case DependedError():
            return LaterChanges(
                str(error),
                [ProblemItem(record=each.id, detail=each.detail) for each in error.obstacles],
            )
        case LargeRevertError():
            return InsufficientScope(str(error))
        case NoImportError():
            return NotFound(str(error))
        case NoSuchRevisionError():
            return InvalidParameter.of(("to", str(error)))
        case GoneError():
            remedy = "" if error.fate.tombstones[0].survivor else ", but a revert restores it"
            return Withdrawn(f"{error}; its id is never reused{remedy}")
        case NotThereError():
            return NotFound(str(error))
    raise TypeError(f"no problem answers a {type(error).__name__}")


def record_item(error: RecordError) -> ProblemItem:
    """Return the item of a problem document for an error in a record."""
    return ProblemItem(
        record=error.record, pointer=error.pointer, line=error.line, detail=error.problem
    )


def _unknown_item(unknown: UnknownValue) -> ProblemItem:
    nearest = f": perhaps {' or '.join(unknown.nearest)} is meant" if unknown.nearest else ""
    detail = f"no entity has the id {unknown.value}{nearest}"
    return ProblemItem(parameter=unknown.parameter, detail=detail)


def _item(slug: str, detail: str) -> ProblemItem:
    return ProblemItem(record=slug, detail=detail)

"""Read one record, or one patch, from the body of a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS, Record
from app.records.models.draft_request import DraftRequest
from app.records.models.patches import PATCH_MODELS, merge_patch
from app.records.parsing import json_text
from app.records.parsing.as_read import as_record
from app.records.parsing.errors import RecordError, Unreadable, describe_error, meant_id
from app.records.parsing.positions import Lines, LocatedRecord

# The body of a request has no file name.
_FILE = ""

_Model = TypeVar("_Model", bound=BaseModel)


class InvalidRecordError(Exception):
    """The body is not a valid record or patch, or breaks a rule; `errors` lists every fault."""

    def __init__(self, errors: Sequence[RecordError]) -> None:
        super().__init__("; ".join(map(str, errors[:3])))
        self.errors = errors


@dataclass(frozen=True)
class RecordPatch:
    """A valid patch of one entity's record."""

    kind: EntityKind
    slug: str
    value: object
    lines: Lines

    def applied_to(self, record: dict[str, Any]) -> LocatedRecord:
        """Return the patched record. Raises InvalidRecordError if that is not a valid record.

        Errors have the line of the patch that causes them, or of the nearest value around it.
        """
        return _located(merge_patch(record, self.value), self.kind, self.slug, self.lines)


def read_record(data: bytes, kind: EntityKind, slug: str) -> LocatedRecord:
    """Read the record of the entity, or its document as GET answers it.

    Raises InvalidRecordError, also for another entity's id.
    """
    value, lines = _parse(data)
    return _located(as_record(kind, value), kind, slug, lines)


def read_patch(data: bytes, kind: EntityKind, slug: str) -> RecordPatch:
    """Read a patch of the entity's record. Raises InvalidRecordError."""
    value, lines = _parse(data)
    _validate(value, PATCH_MODELS[kind], slug, lines)
    return RecordPatch(kind, slug, value, lines)


def read_draft_request(data: bytes) -> DraftRequest:
    """Read a request for a draft. Raises InvalidRecordError."""
    value, lines = _parse(data)
    return _validate(value, DraftRequest, None, lines)


def validate_record(
    value: object, kind: EntityKind, slug: str, lines: Lines | None = None
) -> Record:
    """Validate a value as a record of the kind. Raises InvalidRecordError."""
    return _validate(value, RECORD_MODELS[kind], slug, lines)


def _located(value: object, kind: EntityKind, slug: str, lines: Lines) -> LocatedRecord:
    record = validate_record(value, kind, slug, lines)
    located = LocatedRecord(kind, record, _FILE, "", lines)
    if record.id != slug:
        problem = f"found {record.id!r}, expected the id of the path, {slug!r}: ids cannot change"
        raise InvalidRecordError([located.error("/id", problem)])
    return located


def _parse(data: bytes) -> tuple[object, Lines]:
    try:
        text = data.decode("utf-8-sig")
        if not text.strip():
            raise Unreadable(None, "the body is empty")
        return json_text.parse(text), Lines(text, json_text.find_lines)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise InvalidRecordError([RecordError(_FILE, line, None, "", problem)]) from None
    except Unreadable as error:
        raise InvalidRecordError(
            [RecordError(_FILE, error.line, None, error.pointer, error.problem)]
        ) from None


def _validate(value: object, model: type[_Model], slug: str | None, lines: Lines | None) -> _Model:
    try:
        return model.model_validate(value)
    except ValidationError as invalid:
        errors = [
            _error(each, model, value, slug, lines) for each in invalid.errors(include_url=False)
        ]
        raise InvalidRecordError(errors) from None


def _error(
    error: ErrorDetails,
    model: type[BaseModel],
    value: object,
    slug: str | None,
    lines: Lines | None,
) -> RecordError:
    pointer, problem = describe_error(error, model, value)
    line = lines.line(pointer) if lines else None
    return RecordError(_FILE, line, slug, pointer, problem, meant=meant_id(error, model))

"""The review of a write of many records: which records change, and how, with warnings."""

from enum import StrEnum
from typing import Final

from pydantic import AwareDatetime, Field

from app.documents.entities.base import DocumentPart
from app.documents.json_patch import PatchStep
from app.domain.vocabulary import EntityKind

# A separate media type, because a write answers with the document as `application/json`.
REVIEW_MEDIA_TYPE: Final = "application/vnd.timeline.review+json"


class RecordEffect(StrEnum):
    """The effect of a write on one entity."""

    CREATE = "create"
    UPDATE = "update"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


class FieldChange(DocumentPart):
    """A field of a record that changes, as text."""

    field: str = Field(
        description="Name of the field; in a mapping with the key.", examples=["title/en"]
    )
    before: str | None = Field(
        description="The old value as text, of a list the items that go; null for none. "
        "At most 300 characters."
    )
    after: str | None = Field(
        description="The new value as text, of a list the items that are new or moved; null for none."
    )


class ReviewedEntity(DocumentPart):
    """An entity that the write changes."""

    kind: EntityKind
    id: str = Field(description="Id of the entity.")
    effect: RecordEffect
    fields: list[FieldChange] = Field(
        description="With `update`, each field that changes; otherwise empty."
    )
    patch: list[PatchStep] = Field(
        description="With `update`, a JSON Patch (RFC 6902) from the stored record to the new one; "
        "otherwise empty."
    )


class ReviewWarning(DocumentPart):
    """A reason to look at a record again before it is written; no warning refuses a write."""

    rule: str = Field(
        description="`edited-since` for a record that others edited, `same-event` for an event with "
        "the date, type and participants of another one, or a rule of `timeline lint`.",
        examples=["near-duplicate"],
    )
    kind: EntityKind | None = Field(description="Kind of the entity; null for the whole data.")
    id: str | None = Field(description="Id of the entity; null for the whole data.")
    line: int | None = Field(description="Line of the body, counted from 1; null if unknown.")
    detail: str = Field(description="The reason, with the values in question.")


class Review(DocumentPart):
    """The effect of a write, record by record. Long lists are cut: each count is of all items."""

    records: list[ReviewedEntity] = Field(
        description="The entities that change, in the order of their kinds and of the body: "
        "at most 500, and of some 1,000,000 characters."
    )
    more_records: int = Field(description="Number of further records that `records` leaves out.")
    warnings: list[ReviewWarning] = Field(
        description="With `dry_run`, reasons to look again: at most 500; otherwise empty."
    )
    more_warnings: int = Field(description="Number of further warnings that `warnings` leaves out.")


class LeftOutEntity(DocumentPart):
    """A record of the body that was not written."""

    kind: EntityKind
    id: str = Field(description="Id of the record.")
    seq: int = Field(description="Number of the change because of which it was left out.")
    at: AwareDatetime = Field(description="Time of that change, UTC.")
    actor: str = Field(description="Name of the API key or program that made that change.")
    reason: str | None = Field(description="Reason for that change; null if none was given.")


class LeftOut(DocumentPart):
    """Records that were left out on request, at most 500 of each sort."""

    kept: list[LeftOutEntity] = Field(
        description="With `keep_edits`: others edited the stored record, or a kept one that names it."
    )
    more_kept: int = Field(description="Number of further kept records.")
    skipped: list[LeftOutEntity] = Field(
        description="With `skip_withdrawn`: the entity was withdrawn or merged."
    )
    more_skipped: int = Field(description="Number of further skipped records.")

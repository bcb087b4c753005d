"""Compare the records of an import with the stored ones before they are written.

This decides which records are left out, and collects the review.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection

from app.documents.imports.review import (
    LeftOut,
    LeftOutEntity,
    RecordEffect,
    Review,
    ReviewedEntity,
    ReviewWarning,
)
from app.documents.tombstone import find_survivors
from app.domain.vocabulary import EntityKind, KindAndSlug
from app.records.models import Plain
from app.writing.edits.duplicates import find_same_events
from app.writing.imports.bulk_withdrawals import withdrawn_ids
from app.writing.imports.choices import ImportChoices
from app.writing.imports.differences import field_changes, patch_steps
from app.writing.imports.last_edits import (
    LastEdit,
    edited_since,
    find_last_edits,
    note_loaded,
)
from app.writing.imports.spool import Spool
from app.writing.record_from_document import stored_records
from app.writing.record_set import PlacedRecord
from app.writing.references import find_keys, find_referrers, named_ids
from app.writing.survivors import with_survivors

# An answer lists at most this many records, warnings, and records of each sort that were left out.
MOST_LISTED: Final = 500
# And at most some this many characters of changed records.
_MOST_CHARACTERS: Final = 1_000_000


@dataclass
class Survey:
    """The records that change, the ones that were left out, and warnings; the lists are bounded."""

    records: list[ReviewedEntity] = field(default_factory=list)
    more_records: int = 0
    warnings: list[ReviewWarning] = field(default_factory=list)
    more_warnings: int = 0
    left_out: dict[bool, list[LeftOutEntity]] = field(default_factory=lambda: {True: [], False: []})
    more_left_out: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    # The edits because of which entities are kept.
    kept: dict[KindAndSlug, LastEdit] = field(default_factory=dict)
    _characters: int = 0

    @property
    def is_full(self) -> bool:
        """Whether no further record is listed."""
        return len(self.records) == MOST_LISTED or self._characters > _MOST_CHARACTERS

    def add(
        self, kind: EntityKind, slug: str, effect: RecordEffect, before: Plain, after: Plain
    ) -> None:
        """List a record that changes, or count it; an update needs the stored and the new record."""
        if self.is_full:
            self.more_records += 1
            return
        fields = field_changes(before, after)
        patch = patch_steps(before, after) if fields else []
        self._characters += sum(len(each.model_dump_json()) for each in (*fields, *patch))
        self.records.append(
            ReviewedEntity(kind=kind, id=slug, effect=effect, fields=fields, patch=patch)
        )

    def warn(self, warning: ReviewWarning) -> None:
        """List a warning, or count it."""
        if len(self.warnings) < MOST_LISTED:
            self.warnings.append(warning)
        else:
            self.more_warnings += 1

    def leave_out(self, kind: EntityKind, slug: str, edit: LastEdit, *, kept: bool) -> None:
        """List a record that is left out: it is kept as somebody edited it, or its entity is gone."""
        if kept:
            self.kept[kind, slug] = edit
        if len(self.left_out[kept]) == MOST_LISTED:
            self.more_left_out[kept] += 1
            return
        facts = {"seq": edit.seq, "at": edit.at, "actor": edit.actor, "reason": edit.reason}
        self.left_out[kept].append(
            LeftOutEntity.model_validate({"kind": kind, "id": slug, **facts})
        )

    def left_out_document(self) -> LeftOut:
        """Return the records that were left out."""
        return LeftOut(
            kept=self.left_out[True],
            more_kept=self.more_left_out[True],
            skipped=self.left_out[False],
            more_skipped=self.more_left_out[False],
        )

    def review_document(self) -> Review:
        """Return the records that change, and the warnings."""
        return Review(
            records=self.records,
            more_records=self.more_records,
            warnings=self.warnings,
            more_warnings=self.more_warnings,
        )


def survey(
    connection: Connection, spool: Spool, file: str, choices: ImportChoices, *, warns: bool
) -> Survey:
    """Return the survey of the records, and leave out of the spool the ones that the choices exclude.

    Some five statements for 500 records of a kind. With `warns` it collects warnings, too.
    """
    found = Survey()
    for kind, batch in spool.located_batches():
        stored = stored_records(connection, kind, [each.record["id"] for each in batch])
        news = [each for each in batch if each.record["id"] not in stored]
        if choices.skip_withdrawn:
            skipped = _skip(connection, spool, kind, news, found)
            news = [each for each in news if each.record["id"] not in skipped]
        for each in news:
            slug = each.record["id"]
            effect = RecordEffect.RESTORE if (kind, slug) in spool.revived else RecordEffect.CREATE
            found.add(kind, slug, effect, {}, {})
        if warns and kind is EntityKind.EVENT:
            warn_of_same_events(connection, spool, news, found)
        olds = [each for each in batch if each.record["id"] in stored]
        _survey_stored(connection, spool, file, choices, kind, olds, stored, found, warns=warns)
    if choices.keep_edits:
        _keep_withdrawn(connection, spool, file, found)
    for kind, slug in find_keys(connection, (each.entity for each in spool.withdrawals)):
        found.add(kind, slug, RecordEffect.WITHDRAW, {}, {})
    return found


def _keep_withdrawn(connection: Connection, spool: Spool, file: str, found: Survey) -> None:
    """Leave out the withdrawals of entities that others edited, and of those that kept entities name."""
    keys = find_keys(connection, (each.entity for each in spool.withdrawals))
    for kind in {kind for kind, _ in keys}:
        edits = find_last_edits(connection, kind, {slug for of, slug in keys if of is kind})
        for slug in sorted(edited_since(connection, file, kind, edits)):
            found.leave_out(kind, slug, edits[slug], kept=True)
    # A place that is kept for an event keeps the place around it.
    others = {*keys} - found.kept.keys() if found.kept else set[KindAndSlug]()
    while needed := [
        (id_, edit)
        for id_ in sorted(others)
        if (edit := _needing(connection, id_, keys[id_], found.kept))
    ]:
        for (kind, slug), edit in needed:
            found.leave_out(kind, slug, edit, kept=True)
        others -= found.kept.keys()
    spool.withdrawals = [each for each in spool.withdrawals if each.entity not in found.kept]


def _needing(
    connection: Connection, id_: KindAndSlug, key: int, kept: Mapping[KindAndSlug, LastEdit]
) -> LastEdit | None:
    """Return the edit of a kept entity that refers to this one, if there is any."""
    edits = (kept.get((each.kind, each.slug)) for each in find_referrers(connection, id_[0], key))
    return next((edit for edit in edits if edit), None)


def _skip(
    connection: Connection,
    spool: Spool,
    kind: EntityKind,
    news: Sequence[PlacedRecord],
    found: Survey,
) -> Collection[str]:
    """Leave out the records whose entity is gone, and return their ids."""
    gone = find_last_edits(connection, kind, {each.record["id"] for each in news})
    for slug, edit in gone.items():
        if (kind, slug) not in spool.revived:
            found.leave_out(kind, slug, edit, kept=False)
            spool.left_out.add((kind, slug))
    return gone.keys()


def _survey_stored(
    connection: Connection,
    spool: Spool,
    file: str,
    choices: ImportChoices,
    kind: EntityKind,
    olds: Sequence[PlacedRecord],
    stored: Mapping[str, Plain],
    found: Survey,
    *,
    warns: bool,
) -> None:
    """Survey records of existing entities."""
    changed = _changed(connection, kind, olds, stored)
    edits = find_last_edits(connection, kind, {each.record["id"] for each in olds})
    edited = edited_since(
        connection, file, kind, {slug: edits[slug] for slug in changed.keys() & edits.keys()}
    )
    for each in olds:
        slug = each.record["id"]
        if slug not in changed:
            continue
        if choices.keep_edits and slug in edited:
            found.leave_out(kind, slug, edits[slug], kept=True)
            spool.left_out.add((kind, slug))
            continue
        found.add(kind, slug, RecordEffect.UPDATE, stored[slug], changed[slug])
        if warns and slug in edited:
            found.warn(_edit_warning(spool, kind, each, file, edits[slug]))
    unchanged = {slug: edit for slug, edit in edits.items() if slug not in changed}
    note_loaded(connection, file, kind, unchanged)


def _changed(
    connection: Connection,
    kind: EntityKind,
    olds: Sequence[PlacedRecord],
    stored: Mapping[str, Plain],
) -> dict[str, Plain]:
    """Return, by id, the records that differ from the stored ones, with the survivors of merges."""
    differing = [each.record for each in olds if each.record != stored[each.record["id"]]]
    settled = {record["id"]: record for record in _settled(connection, kind, differing)}
    return {slug: record for slug, record in settled.items() if record != stored[slug]}


def _settled(connection: Connection, kind: EntityKind, records: Sequence[Plain]) -> Iterator[Plain]:
    """Return the records with the survivors of merges."""
    named = {id for record in records for id in named_ids(kind, record)}
    survivors = find_survivors(connection, named)
    return (with_survivors(kind, record, survivors) for record in records)


def _edit_warning(
    spool: Spool, kind: EntityKind, each: PlacedRecord, file: str, edit: LastEdit
) -> ReviewWarning:
    reason = f", {edit.reason!r}" if edit.reason else ""
    return ReviewWarning(
        rule="edited-since",
        kind=kind,
        id=each.record["id"],
        line=spool.line(each.place),
        detail=f"{edit.actor} edited it on {edit.at:%Y-%m-%d} (change {edit.seq}{reason}), and the record "
        f"of {file!r} would replace that edit: to leave it alone, choose keep_edits",
    )


def warn_of_same_events(
    connection: Connection, spool: Spool, news: Sequence[PlacedRecord], found: Survey
) -> None:
    """Warn of each new event with the date, type and participants of a stored one that stays."""
    records = [each.record for each in news]
    same = find_same_events(connection, [*_settled(connection, EntityKind.EVENT, records)])
    # An event gets another id by the withdrawal of the old one.
    gone = withdrawn_ids(spool, EntityKind.EVENT)
    for each in news:
        if others := [slug for slug in same.get(each.record["id"], ()) if slug not in gone]:
            found.warn(
                ReviewWarning(
                    rule="same-event",
                    kind=EntityKind.EVENT,
                    id=each.record["id"],
                    line=spool.line(each.place),
                    detail=f"{', '.join(others)} has the same date, type and participants: if it is the "
                    "same event, add the sources to that one",
                )
            )

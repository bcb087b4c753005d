"""The last edit of each entity, and whether it came after a file was last loaded.

An edit is a change without a cause; rebuilds by new versions of the program do not count.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, delete, func, select, tuple_

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.rows import batches, insert_rows
from app.writing.upkeep.rebuild import ACTOR as REBUILD

_change, _run, _loaded = t.change.c, t.import_run.c, t.loaded_record.c
# The names that loads had before imports were registered.
_LOADS = ("seeds", "timeline load")


class LastEdit(NamedTuple):
    """The last edit of an entity: number, instant, actor and reason of the change.

    `file` is the file of the import that made it, and `run` its number; None for an edit of one entity.
    """

    seq: int
    at: datetime
    actor: str
    reason: str | None
    file: str | None
    reverts: int | None
    run: int | None

    @property
    def is_load(self) -> bool:
        """Whether an import wrote it that is no revert."""
        return (self.file is not None and self.reverts is None) or self.actor in _LOADS


def find_last_edits(
    connection: Connection, kind: EntityKind, slugs: Collection[str]
) -> dict[str, LastEdit]:
    """Return the last edit of each of these entities, which may be gone: two statements for 500."""
    return {
        slug: edit
        for batch in batches(sorted(slugs))
        for slug, edit in _last_edits(connection, kind, batch)
    }


def _last_edits(
    connection: Connection, kind: EntityKind, slugs: Sequence[str]
) -> list[tuple[str, LastEdit]]:
    edits = (_change.kind == kind, _change.cause_kind.is_(None), _change.actor != REBUILD)
    newest = select(_change.slug, func.max(_change.revision)).where(*edits, _change.slug.in_(slugs))
    is_newest = tuple_(_change.slug, _change.revision).in_(newest.group_by(_change.slug))
    columns = (_change.slug, _change.seq, _change.at, _change.actor, _change.reason)
    rows = connection.execute(select(*columns).where(_change.kind == kind, is_newest)).all()
    runs = _runs(connection, {row.seq for row in rows})
    nobody = (None, None, None)
    return [(row.slug, LastEdit(*row[1:], *runs.get(row.seq, nobody))) for row in rows]


def _runs(connection: Connection, seqs: Collection[int]) -> dict[int, tuple[str, int | None, int]]:
    """Return, for the import that made each of these changes, its file, the import that it reverted, its number."""
    if not seqs:
        return {}
    within = and_(_run.after < max(seqs), _run.seq >= min(seqs))
    runs = connection.execute(select(t.import_run).where(within).order_by(_run.seq)).all()
    ends = [run.seq for run in runs]
    found = {}
    for seq in seqs:
        place = bisect_left(ends, seq)
        if place < len(runs) and runs[place].after < seq:
            found[seq] = (runs[place].file, runs[place].reverts, runs[place].seq)
    return found


def edited_since(
    connection: Connection, file: str, kind: EntityKind, edits: Mapping[str, LastEdit]
) -> set[str]:
    """Return the entities that others edited after this file was last loaded with them.

    Other loads count only if this file was loaded with the entity before: a first load means to
    replace them. An edit of a single entity, or the revert of an import, always counts.
    """
    others = {slug: edit for slug, edit in edits.items() if edit.file != file or edit.reverts}
    seen = _seen(connection, file, kind, others)
    later = {slug for slug, edit in others.items() if seen.get(slug, 0) < edit.seq}
    loads = {slug for slug in later if others[slug].is_load}
    return later - (loads - seen.keys() - _written(connection, file, kind, loads))


def _seen(
    connection: Connection, file: str, kind: EntityKind, slugs: Collection[str]
) -> dict[str, int]:
    of_file = (_loaded.file == file, _loaded.kind == kind)
    columns = select(_loaded.slug, _loaded.seq).where(*of_file)
    return {
        slug: seq
        for batch in batches(sorted(slugs))
        for slug, seq in connection.execute(columns.where(_loaded.slug.in_(batch)))
    }


def _written(
    connection: Connection, file: str, kind: EntityKind, slugs: Collection[str]
) -> set[str]:
    """Return the entities that this file has ever written."""
    within = and_(_run.after < _change.seq, _change.seq <= _run.seq)
    columns = select(_change.slug).join_from(t.change, t.import_run, within).distinct()
    by_file = (_run.file == file, _change.kind == kind, _change.cause_kind.is_(None))
    return {
        slug
        for batch in batches(sorted(slugs))
        for slug in connection.scalars(columns.where(*by_file, _change.slug.in_(batch)))
    }


def note_loaded(
    connection: Connection, file: str, kind: EntityKind, edits: Mapping[str, LastEdit]
) -> None:
    """Remember that the file was loaded with these entities as their last edits left them."""
    foreign = {slug: edit.seq for slug, edit in edits.items() if edit.file != file or edit.reverts}
    seen = _seen(connection, file, kind, foreign)
    news = {slug: seq for slug, seq in foreign.items() if seen.get(slug) != seq}
    for batch in batches(sorted(news.keys() & seen.keys())):
        these = (_loaded.file == file, _loaded.kind == kind, _loaded.slug.in_(batch))
        connection.execute(delete(t.loaded_record).where(*these))
    insert_rows(
        connection,
        t.loaded_record,
        [{"file": file, "kind": kind, "slug": slug, "seq": seq} for slug, seq in news.items()],
    )

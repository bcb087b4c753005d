"""Withdrawals among the records of an import: what is wrong with them, and how they are made."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection

from app.documents.tombstone import find_tombstones
from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS
from app.records.parsing.errors import RecordError
from app.writing.changes import Stamp
from app.writing.edits.withdrawals import remove
from app.writing.imports.spool import Spool, SpooledRecord
from app.writing.references import EntityKeys, Referrer, find_keys, find_referrers
from app.writing.rows import delete_children

# What names others goes before what it names.
_ORDER = list(reversed(RECORD_MODELS))
_Id = tuple[EntityKind, str]


class Withdrawals(NamedTuple):
    """How many entities of a kind were withdrawn now, and how many were gone already."""

    withdrawn: int
    gone: int


def check_withdrawals(
    connection: Connection, spool: Spool, hint: Callable[[EntityKind, str], str]
) -> Iterator[RecordError]:
    """Withdrawals that stand twice, of what is among the records too, or of what never was there."""
    ids = [_id(each) for each in spool.withdrawals]
    times = Counter(ids)
    known = find_keys(connection, ids).keys() | find_tombstones(connection, ids).keys()
    for each, (kind, slug) in zip(spool.withdrawals, ids, strict=True):
        if times[kind, slug] > 1:
            yield spool.error(each, "", f"this {kind} is withdrawn more than once")
        elif spool.owners(kind, [slug]):
            yield spool.error(each, "", f"this {kind} is among the records as well")
        elif (kind, slug) not in known:
            problem = f"there is no {kind} {slug!r}{hint(kind, slug)}"
            yield spool.error(each, "/id", problem)


def withdraw_spooled(
    connection: Connection, spool: Spool, stamp: Stamp
) -> tuple[dict[EntityKind, Withdrawals], list[RecordError]]:
    """Withdraw what is still there, after all records are written; the counts by kind.

    What would still be named by something that stays is an error, and nothing is withdrawn then.
    """
    keys = find_keys(connection, map(_id, spool.withdrawals))
    present = [each for each in spool.withdrawals if _id(each) in keys]
    if errors := [*_still_referred(connection, spool, present, keys)]:
        return {}, errors
    for each in present:
        delete_children(connection, _id(each)[0], [keys[_id(each)]])
    for each in sorted(present, key=lambda each: _ORDER.index(_id(each)[0])):
        reason = replace(stamp, reason=each.record["reason"])
        remove(connection, _id(each)[0], keys[_id(each)], reason)
    return _count(spool.withdrawals, keys), []


def _id(each: SpooledRecord) -> _Id:
    return EntityKind(each.record["kind"]), each.record["id"]


def _still_referred(
    connection: Connection, spool: Spool, present: Iterable[SpooledRecord], keys: EntityKeys
) -> Iterator[RecordError]:
    for each in present:
        kind, slug = _id(each)
        for referrer in find_referrers(connection, kind, keys[kind, slug]):
            if (referrer.kind, referrer.slug) not in keys:
                yield spool.error(each, "/id", _naming(kind, slug, referrer))
                break


def _naming(kind: EntityKind, slug: str, referrer: Referrer) -> str:
    return (
        f"the {kind} {slug!r} is still referred to: "
        f"the {referrer.kind} {referrer.slug!r} names it as {referrer.role}"
    )


def _count(withdrawals: Iterable[SpooledRecord], keys: EntityKeys) -> dict[EntityKind, Withdrawals]:
    kinds = Counter(_id(each)[0] for each in withdrawals)
    now = Counter(_id(each)[0] for each in withdrawals if _id(each) in keys)
    return {kind: Withdrawals(now[kind], kinds[kind] - now[kind]) for kind in kinds}

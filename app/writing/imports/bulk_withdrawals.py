"""The withdrawals of an import: their checks, and their execution after the records are written."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection

from app.documents.tombstone import find_fates
from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS
from app.records.parsing.errors import RecordError
from app.writing.changes import Stamp
from app.writing.edits.withdrawals import remove
from app.writing.record_set import PlacedRecord, RecordSet
from app.writing.references import EntityKeys, Referrer, find_keys, find_referrers
from app.writing.rows import delete_children

# An entity is removed before the entities that it refers to.
_ORDER = list(reversed(RECORD_MODELS))
_Id = tuple[EntityKind, str]


class WithdrawalCounts(NamedTuple):
    """How many entities of a kind this import withdrew, and how many were already gone."""

    withdrawn: int
    gone: int


def check_withdrawals(
    connection: Connection, records: RecordSet, hint: Callable[[EntityKind, str], str]
) -> Iterator[RecordError]:
    """Yield an error for each withdrawal that repeats, contradicts a record, or has no entity."""
    ids = [_id(each) for each in records.withdrawals]
    times = Counter(ids)
    known = find_keys(connection, ids).keys() | find_fates(connection, ids).keys()
    for each, (kind, slug) in zip(records.withdrawals, ids, strict=True):
        if times[kind, slug] > 1:
            yield records.error(each, "", f"this {kind} is withdrawn more than once")
        elif records.lookup(kind, [slug]):
            yield records.error(each, "", f"this {kind} is among the records as well")
        elif (kind, slug) not in known:
            problem = f"there is no {kind} {slug!r}{hint(kind, slug)}"
            yield records.error(each, "/id", problem)


def withdraw_spooled(
    connection: Connection, records: RecordSet, stamp: Stamp
) -> tuple[dict[EntityKind, WithdrawalCounts], list[RecordError]]:
    """Withdraw the entities that still exist, and return the counts by kind.

    An entity that a remaining entity refers to is an error, and then nothing is withdrawn.
    """
    keys = find_keys(connection, map(_id, records.withdrawals))
    present = [each for each in records.withdrawals if _id(each) in keys]
    if errors := [*_still_referred(connection, records, present, keys)]:
        return {}, errors
    for each in present:
        delete_children(connection, _id(each)[0], [keys[_id(each)]])
    for each in sorted(present, key=lambda each: _ORDER.index(_id(each)[0])):
        with_reason = replace(stamp, reason=each.record["reason"])
        remove(connection, _id(each)[0], keys[_id(each)], with_reason)
    return _count(records.withdrawals, keys), []


def _id(each: PlacedRecord) -> _Id:
    return EntityKind(each.record["kind"]), each.record["id"]


def _still_referred(
    connection: Connection,
    records: RecordSet,
    present: Iterable[PlacedRecord],
    keys: EntityKeys,
) -> Iterator[RecordError]:
    for each in present:
        kind, slug = _id(each)
        for referrer in find_referrers(connection, kind, keys[kind, slug]):
            if (referrer.kind, referrer.slug) not in keys:
                yield records.error(each, "/id", _describe(kind, slug, referrer))
                break


def _describe(kind: EntityKind, slug: str, referrer: Referrer) -> str:
    return (
        f"the {kind} {slug!r} is still referred to: "
        f"the {referrer.kind} {referrer.slug!r} names it as {referrer.role}"
    )


def _count(
    withdrawals: Iterable[PlacedRecord], keys: EntityKeys
) -> dict[EntityKind, WithdrawalCounts]:
    sent = Counter(_id(each)[0] for each in withdrawals)
    withdrawn = Counter(_id(each)[0] for each in withdrawals if _id(each) in keys)
    return {kind: WithdrawalCounts(withdrawn[kind], sent[kind] - withdrawn[kind]) for kind in sent}

"""The withdrawals of an import: their checks, and their execution after the records are written."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection, delete

from app.documents.tombstone import find_fates
from app.domain.vocabulary import EntityKind, KindAndSlug
from app.records.models import RECORD_MODELS
from app.records.parsing.errors import RecordError
from app.tables.rows import batches
from app.writing.changes import Stamp
from app.writing.edits.withdrawals import remove
from app.writing.record_set import PlacedRecord, RecordSet
from app.writing.references import EntityKeys, find_keys, find_referrers, references
from app.writing.rows import IDENTIFIER_OWNERS, delete_children

# An entity is removed before the entities that it refers to.
_ORDER = list(reversed(RECORD_MODELS))


class WithdrawalCounts(NamedTuple):
    """How many entities of a kind this import withdrew, and how many were already gone."""

    withdrawn: int
    gone: int


def check_withdrawals(
    connection: Connection, records: RecordSet, hint: Callable[[EntityKind, str], str]
) -> Iterator[RecordError]:
    """Yield an error for each withdrawal that repeats, contradicts a record, or has no entity."""
    ids = [each.entity for each in records.withdrawals]
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


def still_referred(connection: Connection, records: RecordSet) -> Iterator[RecordError]:
    """Yield an error for each withdrawal of an entity that another one will still name.

    The stored references of rewritten and withdrawn entities do not count.
    """
    keys = find_keys(connection, (each.entity for each in records.withdrawals))
    naming = _naming_records(records, keys)
    for each in records.withdrawals:
        kind, slug = id_ = each.entity
        if id_ in keys and (
            found := _first_stored(connection, records, id_, keys) or naming.get(id_)
        ):
            problem = f"the {kind} {slug!r} is still referred to: {found}"
            yield records.error(each, "/id", problem)


def _first_stored(
    connection: Connection, records: RecordSet, id_: KindAndSlug, keys: EntityKeys
) -> str | None:
    for referrer in find_referrers(connection, id_[0], keys[id_]):
        withdrawn = (referrer.kind, referrer.slug) in keys
        if not withdrawn and not records.lookup(referrer.kind, [referrer.slug]):
            return f"the {referrer.kind} {referrer.slug!r} names it as {referrer.role}"
    return None


def _naming_records(records: RecordSet, keys: EntityKeys) -> dict[KindAndSlug, str]:
    """Return a phrase for each of the entities that a record names, about the first such record."""
    found: dict[KindAndSlug, str] = {}
    for kind, batch in records.located_batches() if keys else ():
        for each in batch:
            slug = each.record["id"]
            for reference in references(kind, each.record):
                named = (reference.kind, reference.slug)
                id_ = (reference.kind, records.survivors.get(named, reference.slug))
                if id_ in keys and (kind, slug) not in keys:
                    found.setdefault(id_, f"the {kind} {slug!r} among the records names it")
    return found


def withdrawn_ids(records: RecordSet, kind: EntityKind) -> set[str]:
    """Return the ids of the entities of a kind that are withdrawn."""
    return {each.record["id"] for each in records.withdrawals if each.kind is kind}


def free_identifiers(connection: Connection, records: RecordSet) -> None:
    """Delete the identifiers of the entities to withdraw: the records may give them to others.

    No document of another entity shows them.
    """
    keys = find_keys(connection, (each.entity for each in records.withdrawals))
    for kind, owner in IDENTIFIER_OWNERS.items():
        for batch in batches([key for (of, _), key in keys.items() if of is kind]):
            connection.execute(delete(owner.table).where(owner.in_(batch)))


def withdraw_spooled(
    connection: Connection, records: RecordSet, stamp: Stamp
) -> dict[EntityKind, WithdrawalCounts]:
    """Withdraw the entities that still exist, and return the counts by kind.

    `still_referred` has checked that no remaining entity refers to them.
    """
    keys = find_keys(connection, (each.entity for each in records.withdrawals))
    present = [each for each in records.withdrawals if each.entity in keys]
    # Entities that are withdrawn together may name each other. A treaty names none, and its document is
    # built once more when its stages go: it needs its parties.
    for each in present:
        if each.kind is not EntityKind.TREATY:
            delete_children(connection, each.kind, [keys[each.entity]])
    for each in sorted(present, key=lambda each: _ORDER.index(each.kind)):
        with_reason = replace(stamp, reason=each.record["reason"])
        remove(connection, each.kind, keys[each.entity], with_reason)
    return _count(records.withdrawals, keys)


def _count(
    withdrawals: Iterable[PlacedRecord], keys: EntityKeys
) -> dict[EntityKind, WithdrawalCounts]:
    sent = Counter(each.kind for each in withdrawals)
    withdrawn = Counter(each.kind for each in withdrawals if each.entity in keys)
    return {kind: WithdrawalCounts(withdrawn[kind], sent[kind] - withdrawn[kind]) for kind in sent}

"""Merges: combine two records of one participant or event into one, the survivor.

References to the other record are rewritten to the survivor, which keeps its values and gains the
missing ones (docs/decisions/0020-writes.md).
"""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection

from app.domain.vocabulary import EntityKind
from app.records.models import Plain, Record
from app.records.parsing.record_body import validate_record
from app.tables.database import Database
from app.writing.apply import apply_records
from app.writing.changes import Cause, Stamp, make_stamp
from app.writing.circles import WrittenLinks
from app.writing.edits.entities import GoneError, Intent, NotThereError, Written, get_document
from app.writing.edits.withdrawals import find_primary_key, remove
from app.writing.record_from_document import stored_record
from app.writing.references import find_referrers
from app.writing.rows import delete_children
from app.writing.survivors import distinct, with_survivors


class UnfitSurvivorError(Exception):
    """The entity cannot be merged into the chosen survivor."""


def merge_entity(
    database: Database, kind: EntityKind, slug: str, into: str, intent: Intent
) -> Written:
    """Merge the participant or event into another, and return the survivor's document.

    Raises GoneError and NotThereError for the entity to merge, UnfitSurvivorError for the survivor,
    and InvalidRecordError if the combined record is invalid, e.g. because a list is too long.
    """
    with database.write() as connection:
        document = get_document(connection, kind, slug)
        intent.check(document)
        leaving = stored_record(kind, document)
        survivor = _get_survivor(connection, kind, leaving, into)
        stamp = make_stamp(connection, intent.actor, intent.reason)
        _merge(connection, kind, leaving, survivor, stamp)
        return Written(get_document(connection, kind, into), is_new=False)


def _get_survivor(connection: Connection, kind: EntityKind, leaving: Plain, into: str) -> Plain:
    if into == leaving["id"]:
        raise UnfitSurvivorError(f"an entity cannot be merged into itself: name another {kind}")
    try:
        survivor = stored_record(kind, get_document(connection, kind, into))
    except (GoneError, NotThereError) as error:
        raise UnfitSurvivorError(str(error)) from error
    if kind is EntityKind.PARTICIPANT and survivor["kind"] != leaving["kind"]:
        kinds = f"{leaving['id']!r} is a {leaving['kind']}, {into!r} is a {survivor['kind']}"
        raise UnfitSurvivorError(f"{kinds}: they cannot be one participant")
    if kind is EntityKind.EVENT and leaving["treaty"] not in (None, survivor["treaty"]):
        stage = f"{leaving['id']!r} is a stage of {leaving['treaty']!r}"
        raise UnfitSurvivorError(f"{stage}, {into!r} is not: the treaty would lose a stage")
    return survivor


def _merge(
    connection: Connection, kind: EntityKind, leaving: Plain, survivor: Plain, stamp: Stamp
) -> None:
    slug, into = leaving["id"], survivor["id"]
    key = find_primary_key(connection, kind, slug)
    renamed = {(kind, slug): into}
    combine = _combine_events if kind is EntityKind.EVENT else _combine_participants
    records: dict[EntityKind, dict[str, Plain]] = defaultdict(dict)
    records[kind][into] = with_survivors(kind, combine(survivor, leaving), renamed)
    for referrer in find_referrers(connection, kind, key):
        if referrer.slug != into or referrer.kind is not kind:
            named = get_document(connection, referrer.kind, referrer.slug)
            record = stored_record(referrer.kind, named)
            records[referrer.kind][referrer.slug] = with_survivors(referrer.kind, record, renamed)
    rewritten = [(k, id) for k, each in records.items() for id in each if (k, id) != (kind, into)]
    causes = dict.fromkeys(rewritten, Cause(kind, slug))
    _refuse_circles(connection, records)
    validated = {k: _validated(k, each) for k, each in records.items()}
    # Frees the identifiers for the survivor.
    delete_children(connection, kind, [key])
    apply_records(connection, validated, stamp, causes)
    remove(connection, kind, key, stamp, survivor=into)


def _refuse_circles(
    connection: Connection, records: Mapping[EntityKind, Mapping[str, Plain]]
) -> None:
    links = WrittenLinks()
    for kind, each in records.items():
        for record in each.values():
            links.add(kind, record)
    for circle in links.circles(connection, lambda kind, ids: {*ids} & records[kind].keys()):
        raise UnfitSurvivorError(str(circle))


def _validated(kind: EntityKind, records: dict[str, Plain]) -> list[Record]:
    return [validate_record(record, kind, slug) for slug, record in records.items()]


def _combine_participants(survivor: Plain, leaving: Plain) -> Plain:
    names = leaving["names"] | survivor["names"]
    known = set(names.values())
    aliases = [*survivor["aliases"], *leaving["names"].values(), *leaving["aliases"]]
    return survivor | {
        "names": names,
        "aliases": distinct(alias for alias in aliases if alias not in known),
        "positions": distinct([*survivor["positions"], *leaving["positions"]]),
        "identifiers": leaving["identifiers"] | survivor["identifiers"],
    }


def _combine_events(survivor: Plain, leaving: Plain) -> Plain:
    """Keep the survivor's type, date and participants; join sources, relations and tags."""
    return survivor | {
        "title": leaving["title"] | survivor["title"],
        "summary": leaving["summary"] | survivor["summary"],
        **_combine_places(survivor, leaving),
        "note": survivor["note"] or leaving["note"],
        "sources": _combine_citations(survivor["sources"], leaving["sources"]),
        "relations": [*survivor["relations"], *leaving["relations"]],
        "tags": distinct([*survivor["tags"], *leaving["tags"]]),
    }


def _combine_places(survivor: Plain, leaving: Plain) -> Plain:
    """Return the survivor's places, or the other event's if the survivor has none."""
    places = survivor if survivor["place"] else leaving
    return {name: places[name] for name in ("place", "further_places")}


def _combine_citations(survivor: list[Plain], leaving: list[Plain]) -> list[Plain]:
    evidence: dict[str, list[Plain]] = {}
    for citation in (*survivor, *leaving):
        evidence.setdefault(citation["source"], []).extend(citation["evidence"])
    return [{"source": slug, "evidence": distinct(spans)} for slug, spans in evidence.items()]

"""Turn records into rows: the row of the entity, and its child rows, such as names or citations."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Table, delete

from app.domain.dates import parse_edtf
from app.domain.names.folding import fold
from app.domain.names.phonetic_key import phonetic_key
from app.domain.names.same_name import Bearer, bearer_of, name_words
from app.domain.names.spellings import spellings
from app.domain.vocabulary import EntityKind, ParticipantKind
from app.records.models import Plain
from app.tables import core as t
from app.tables.rows import insert_rows
from app.tables.wholes import WHOLES
from app.writing.references import EntityKeys

# The values of a row, by column.
Values = dict[str, Any]


# The fields of an event that are copied to columns.
_COPIED = ("type", "subtype", "status", "confidence", "date", "title", "summary", "note")

# The columns of child tables that refer to their entity, in an order in which rows can be deleted.
CHILD_COLUMNS: dict[EntityKind, tuple[Column[Any], ...]] = {
    EntityKind.PARTICIPANT: (
        t.participant_name.c.participant_id,
        t.position.c.participant_id,
        t.participant_identifier.c.participant_id,
    ),
    EntityKind.PLACE: (t.place_part.c.place_id, t.place_identifier.c.place_id),
    EntityKind.OFFICE: (),
    EntityKind.PUBLISHER: (t.publisher_house.c.publisher_id,),
    EntityKind.SOURCE: (),
    EntityKind.TREATY: (t.treaty_party.c.treaty_id,),
    EntityKind.TAG: (t.tag_broader.c.tag_id,),
    EntityKind.EVENT: (
        t.evidence.c.event_id,
        t.citation.c.event_id,
        t.event_place.c.event_id,
        t.participation.c.event_id,
        t.relation.c.event_id,
        t.event_tag.c.event_id,
    ),
}

# The columns with the owners of identifiers, by kind.
IDENTIFIER_OWNERS: dict[EntityKind, Column[Any]] = {
    EntityKind.PARTICIPANT: t.participant_identifier.c.participant_id,
    EntityKind.PLACE: t.place_identifier.c.place_id,
}


def entity_columns(kind: EntityKind, record: Plain, keys: EntityKeys) -> Values:
    """Return the columns of the entity's row, without its slug, stamps and document."""
    match kind:
        case EntityKind.PARTICIPANT:
            return {"kind": record["kind"], "country": record["country"]}
        case EntityKind.PLACE | EntityKind.PUBLISHER | EntityKind.TAG:
            other = ("id", "identifiers", WHOLES[kind].field)
            return {name: value for name, value in record.items() if name not in other}
        case EntityKind.OFFICE:
            return _office_columns(record, keys)
        case EntityKind.SOURCE:
            return _source_columns(record, keys)
        case EntityKind.TREATY:
            return {name: record[name] for name in ("kind", "names", "aliases", "registration")}
        case EntityKind.EVENT:
            return _event_columns(record, keys)


def _office_columns(office: Plain, keys: EntityKeys) -> Values:
    return {
        **{name: office[name] for name in ("names", "feminine", "aliases", "rank", "country")},
        "organisation_id": _key(keys, EntityKind.PARTICIPANT, office["organisation"]),
        "founded": office["from"],
        "abolished": office["to"],
    }


def _source_columns(source: Plain, keys: EntityKeys) -> Values:
    others = ("id", "publisher", "agency")
    return {
        **{name: value for name, value in source.items() if name not in others},
        "publisher_id": _key(keys, EntityKind.PUBLISHER, source["publisher"]),
        "agency_id": _key(keys, EntityKind.PUBLISHER, source["agency"]),
    }


def _key(keys: EntityKeys, kind: EntityKind, slug: str | None) -> int | None:
    return None if slug is None else keys[kind, slug]


def _event_columns(event: Plain, keys: EntityKeys) -> Values:
    return {
        **{name: event[name] for name in _COPIED},
        **event_bounds(event["date"]),
        "treaty_id": _key(keys, EntityKind.TREATY, event["treaty"]),
    }


def event_bounds(date: str) -> Values:
    """Return the columns of the four bounds that follow from an event's date."""
    bounds = parse_edtf(date)
    return {
        "start_earliest": bounds.start_earliest,
        "start_latest": bounds.start_latest,
        "end_earliest": bounds.end_earliest,
        "end_latest": bounds.end_latest,
    }


def name_forms(texts: Sequence[str], kind: ParticipantKind, country: str) -> Iterator[Values]:
    """Yield the search keys of each name of such a participant; `texts` are all its names."""
    bearer = bearer_of(kind, country)
    korean = bearer is Bearer.KOREAN
    for text, others in zip(texts, spellings(texts, bearer), strict=True):
        key = phonetic_key(name_words(text), korean=korean)
        yield {"folded": fold(text), "sound": key, "spellings": others}


class ChildRow(NamedTuple):
    """A row of a table whose rows belong to an entity."""

    table: Table
    values: Values


def child_rows(kind: EntityKind, record: Plain, key: int, keys: EntityKeys) -> Iterator[ChildRow]:
    """Yield the child rows of the entity with this primary key."""
    match kind:
        case EntityKind.PARTICIPANT:
            yield from _participant_rows(record, key, keys)
        case EntityKind.PLACE | EntityKind.PUBLISHER | EntityKind.TAG:
            whole = WHOLES[kind]
            if (slug := record[whole.field]) is not None:
                values = {whole.part.name: key, whole.whole.name: keys[kind, slug]}
                yield ChildRow(whole.part.table, values)
            if kind is EntityKind.PLACE:
                yield from _identifier_rows(t.place_identifier.c.place_id, record, key)
        case EntityKind.TREATY:
            for i, country in enumerate(record["parties"]):
                yield ChildRow(t.treaty_party, {"treaty_id": key, "ordinal": i, "country": country})
        case EntityKind.EVENT:
            yield from _event_rows(record, key, keys)


def _participant_rows(participant: Plain, key: int, keys: EntityKeys) -> Iterator[ChildRow]:
    names = [*participant["names"].items(), *((None, a) for a in participant["aliases"])]
    kind, country = ParticipantKind(participant["kind"]), participant["country"]
    forms = name_forms([text for _, text in names], kind, country)
    for i, ((language, text), keys_of_name) in enumerate(zip(names, forms, strict=True)):
        named = {"language": language, "text": text, **keys_of_name}
        yield ChildRow(t.participant_name, {"participant_id": key, "ordinal": i, **named})
    for i, position in enumerate(participant["positions"]):
        held = {
            "title": position["title"],
            "office_id": _key(keys, EntityKind.OFFICE, position["office"]),
            "organisation_id": _key(keys, EntityKind.PARTICIPANT, position["organisation"]),
            "held_from": position["from"],
            "held_to": position["to"],
        }
        yield ChildRow(t.position, {"participant_id": key, "ordinal": i, **held})
    yield from _identifier_rows(t.participant_identifier.c.participant_id, participant, key)


def _identifier_rows(owner: Column[Any], record: Plain, key: int) -> Iterator[ChildRow]:
    for scheme, value in record["identifiers"].items():
        yield ChildRow(owner.table, {owner.name: key, "scheme": scheme, "value": value})


def _event_rows(event: Plain, key: int, keys: EntityKeys) -> Iterator[ChildRow]:
    for i, place in enumerate(places_of(event)):
        happened = {"event_id": key, "ordinal": i, "place_id": keys[EntityKind.PLACE, place]}
        yield ChildRow(t.event_place, happened)
    for i, part in enumerate(event["participants"]):
        values = {
            "event_id": key,
            "ordinal": i,
            "participant_id": keys[EntityKind.PARTICIPANT, part["id"]],
            "office_id": _key(keys, EntityKind.OFFICE, part["office"]),
            **{name: part[name] for name in ("role", "capacity", "side")},
        }
        yield ChildRow(t.participation, values)
    for i, relation in enumerate(event["relations"]):
        target = keys[EntityKind.EVENT, relation["event"]]
        values = {"type": relation["type"], "target_id": target}
        yield ChildRow(t.relation, {"event_id": key, "ordinal": i, **values})
    for i, tag in enumerate(event["tags"]):
        yield ChildRow(t.event_tag, {"event_id": key, "ordinal": i, "tag": tag})
    yield from _citation_rows(event, key, keys)


def places_of(event: Plain) -> list[str]:
    """Return the ids of the places of an event's record, in order."""
    return [event["place"], *event["further_places"]] if event["place"] else []


def _citation_rows(event: Plain, key: int, keys: EntityKeys) -> Iterator[ChildRow]:
    for i, citation in enumerate(event["sources"]):
        source = keys[EntityKind.SOURCE, citation["source"]]
        yield ChildRow(t.citation, {"event_id": key, "ordinal": i, "source_id": source})
        for j, evidence in enumerate(citation["evidence"]):
            selector = evidence["selector"] or t.NO_SPAN
            values = {
                "supports": evidence["supports"],
                "basis": evidence["basis"],
                "span_start": selector["start"],
                "span_end": selector["end"],
                "digest": evidence["digest"],
                "note": evidence["note"],
            }
            place = {"event_id": key, "citation_ordinal": i, "ordinal": j}
            yield ChildRow(t.evidence, {**place, **values})


def insert_children(
    connection: Connection,
    kind: EntityKind,
    records: Sequence[Plain],
    keys: EntityKeys,
    *,
    replace: bool = False,
) -> None:
    """Insert the child rows of these records: one statement for each table.

    With `replace`, which SQLite alone knows, a row replaces those it conflicts with.
    """
    rows: dict[Table, list[Values]] = defaultdict(list)
    for record in records:
        for table, values in child_rows(kind, record, keys[kind, record["id"]], keys):
            rows[table].append(values)
    for table, values_of_rows in rows.items():
        insert_rows(connection, table, values_of_rows, replace=replace)


def delete_children(connection: Connection, kind: EntityKind, owners: Sequence[int]) -> None:
    """Delete the child rows of the entities with these keys: one statement for each table."""
    if owners:
        for column in CHILD_COLUMNS[kind]:
            connection.execute(delete(column.table).where(column.in_(owners)))

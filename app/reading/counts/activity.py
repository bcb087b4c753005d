"""The activity of participants and places: how many events they have, and the first and the last."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Select, func, or_, select

from app.documents.pages import Activity
from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.wholes import enclosures


def find_activity(connection: Connection, kind: EntityKind, slugs: Sequence[str]) -> list[Activity]:
    """Return the activity of each of these participants or places, in their order: one statement."""
    found = _by_slug(connection, _EVENTS[kind](slugs)) if slugs else {}
    return [found.get(slug) or Activity(id=slug, events=0, first=None, last=None) for slug in slugs]


def _by_slug(connection: Connection, events: Select[tuple[str, int]]) -> Mapping[str, Activity]:
    pairs, event = events.distinct().subquery(), t.event.c
    owner = pairs.c.owner
    first, last = (
        (event.start_earliest, event.slug),
        (
            event.start_earliest.desc(),
            event.slug.desc(),
        ),
    )
    ranked = (
        select(owner, event.date, func.count().over(partition_by=owner).label("events"))
        .add_columns(
            func.row_number().over(partition_by=owner, order_by=first).label("from_first"),
            func.row_number().over(partition_by=owner, order_by=last).label("from_last"),
        )
        .join_from(pairs, t.event, event.id == pairs.c.event_id)
        .subquery()
    )
    ends = select(ranked).where(or_(ranked.c.from_first == 1, ranked.c.from_last == 1))
    rows = connection.execute(ends.order_by(ranked.c.owner, ranked.c.from_first)).all()
    firsts = {row.owner: row.date for row in rows if row.from_first == 1}
    return {
        row.owner: Activity(id=row.owner, events=row.events, first=firsts[row.owner], last=row.date)
        for row in rows
        if row.from_last == 1
    }


def _of_participants(slugs: Sequence[str]) -> Select[tuple[str, int]]:
    part, participant = t.participation.c, t.participant.c
    return (
        select(participant.slug.label("owner"), part.event_id)
        .join_from(t.participant, t.participation, part.participant_id == participant.id)
        .where(participant.slug.in_(slugs))
    )


def _of_places(slugs: Sequence[str]) -> Select[tuple[str, int]]:
    """Select the events at these places, and at the places within them."""
    place, of, pairs = t.place.c, t.event_place.c, enclosures(EntityKind.PLACE)
    return (
        select(place.slug.label("owner"), of.event_id)
        .join_from(t.place, pairs, pairs.c.whole_id == place.id)
        .join(t.event_place, of.place_id == pairs.c.part_id)
        .where(place.slug.in_(slugs))
    )


_EVENTS = {EntityKind.PARTICIPANT: _of_participants, EntityKind.PLACE: _of_places}

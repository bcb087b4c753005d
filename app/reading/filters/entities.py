"""Filters of the other kinds of entity as SQL conditions."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, select, union_all

from app.documents.entities.treaty import DRAFTS
from app.domain.dates import parse_range
from app.domain.vocabulary import EntityKind, EventStatus
from app.reading.filters.shared import (
    Condition,
    find_offices,
    identified_by,
    one_of,
    published_by,
    within_box,
)
from app.reading.houses import is_of_house
from app.reading.names.candidates import named_from
from app.reading.parameters.common import Certainty
from app.reading.parameters.entities import (
    NamedFilters,
    OfficeFilters,
    PlaceFilters,
    PublisherFilters,
    SourceFilters,
    TagFilters,
    TreatyFilters,
)
from app.reading.parameters.participants import ParticipantFilters
from app.tables import core as t
from app.tables.wholes import WHOLES


def participant_conditions(
    filters: ParticipantFilters, bearers: Collection[int] = (), known: Collection[int] = ()
) -> list[Condition]:
    """Return the conditions on a participant; `bearers` are the keys of those with one of the names.

    `known` are the keys of the ones whom `q` means if no name begins so.
    """
    participant = t.participant.c
    return [
        *one_of(participant.kind, filters.kind),
        *one_of(participant.country, filters.country),
        *([participant.id.in_(sorted(bearers))] if filters.name else []),
        *([participant.id.in_(sorted(known) or named_from(filters.q))] if filters.q else []),
        *_held(find_offices(filters.office, filters.rank)),
        *one_of(participant.slug, filters.id),
        *identified_by(
            participant.id, t.participant_identifier.c.participant_id, filters.identifier
        ),
    ]


def _held(offices: Select[int] | None) -> list[Condition]:
    """Require a participant who held one of these offices, as a position or in an event."""
    if offices is None:
        return []
    part, position = t.participation.c, t.position.c
    holders = union_all(
        select(position.participant_id).where(position.office_id.in_(offices)),
        select(part.participant_id).where(part.office_id.in_(offices)),
    )
    return [t.participant.c.id.in_(holders)]


def name_conditions(
    kind: EntityKind, filters: NamedFilters, named: Collection[int]
) -> list[Condition]:
    """Return the condition on a name; `named` are the keys of the entities whose name begins so."""
    return [t.ENTITIES[kind].c.id.in_(sorted(named))] if filters.q else []


def treaty_conditions(filters: TreatyFilters) -> list[Condition]:
    """Return the conditions on a treaty."""
    treaty = t.treaty.c
    conditions = [
        *one_of(treaty.kind, filters.kind),
        *_agreed_by(filters.party),
        *one_of(treaty.slug, filters.id),
    ]
    certain = filters.certainty is Certainty.CERTAIN
    if certain:
        conditions.append(treaty.in_force_known)
    if filters.in_force_on:
        first, last = parse_range(filters.in_force_on)
        conditions += [treaty.in_force_first_on <= last, treaty.in_force_last_on >= first]
        # Of a treaty that is older than its known stages, the days before them are only possible.
        conditions += [treaty.id.in_(_treaties_by(last))] if certain else []
    return conditions


def _treaties_by(day: date) -> Select[tuple[int]]:
    """Select the keys of the treaties of which a stage, other than a draft, occurred by this day."""
    event = t.event.c
    return select(event.treaty_id).where(
        event.treaty_id.is_not(None),
        event.status == EventStatus.OCCURRED,
        event.subtype.not_in(DRAFTS),
        event.start_earliest <= day,
    )


def _agreed_by(countries: Sequence[str]) -> list[Condition]:
    """Require a treaty to which one of these countries is a party, or nothing without countries."""
    if not countries:
        return []
    party = t.treaty_party.c
    parties = select(party.treaty_id).where(party.country.in_(countries))
    return [t.treaty.c.id.in_(parties)]


def office_conditions(filters: OfficeFilters) -> list[Condition]:
    """Return the conditions on an office."""
    office = t.office.c
    return [
        *one_of(office.rank, filters.rank),
        *one_of(office.country, filters.country),
        *_belongs_to(filters.organisation),
        *one_of(office.slug, filters.id),
    ]


def _belongs_to(organisations: Sequence[str]) -> list[Condition]:
    """Require an office of one of these organisations, or nothing without organisations."""
    if not organisations:
        return []
    participant = t.participant.c
    keys = select(participant.id).where(participant.slug.in_(organisations))
    return [t.office.c.organisation_id.in_(keys)]


def publisher_conditions(filters: PublisherFilters) -> list[Condition]:
    """Return the conditions on a publisher."""
    publisher = t.publisher.c
    return [
        *one_of(publisher.kind, filters.kind),
        *one_of(publisher.country, filters.country),
        *one_of(publisher.state, filters.state),
        *_directly_within(EntityKind.PUBLISHER, filters.house),
        *one_of(publisher.slug, filters.id),
    ]


def tag_conditions(filters: TagFilters) -> list[Condition]:
    """Return the conditions on a tag."""
    return [
        *_directly_within(EntityKind.TAG, filters.broader),
        *one_of(t.tag.c.slug, filters.id),
    ]


def place_conditions(filters: PlaceFilters) -> list[Condition]:
    """Return the conditions on a place."""
    return [
        *one_of(t.place.c.country, filters.country),
        *_directly_within(EntityKind.PLACE, filters.part_of),
        *within_box(filters.bbox),
        *one_of(t.place.c.slug, filters.id),
        *identified_by(t.place.c.id, t.place_identifier.c.place_id, filters.identifier),
    ]


def _directly_within(kind: EntityKind, wholes: Sequence[str]) -> list[Condition]:
    """Require an entity of the kind that is part of one of these, with no other one between them."""
    if not wholes:
        return []
    whole, part = t.ENTITIES[kind].alias("whole"), WHOLES[kind]
    parts = select(part.part).join(whole, whole.c.id == part.whole).where(whole.c.slug.in_(wholes))
    return [t.ENTITIES[kind].c.id.in_(parts)]


def source_conditions(filters: SourceFilters) -> list[Condition]:
    """Return the conditions on a source."""
    source = t.source.c
    return [
        *published_by(source.publisher_id, filters.publisher),
        *published_by(source.agency_id, filters.agency),
        *([is_of_house(filters.house)] if filters.house else []),
        *one_of(source.language, filters.language),
        *one_of(source.slug, filters.id),
    ]

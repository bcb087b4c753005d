"""The routes of participants."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api.problems import InvalidCursor, InvalidParameter, NotFound, declare
from app.api.reader import ReaderDep
from app.documents.pages import CounterpartPage, EventPage, ParticipantPage
from app.documents.participant import ParticipantDocument
from app.domain.values import Slug
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.parameters import (
    CounterpartFilters,
    EventFilters,
    EventOrder,
    PageRequest,
    ParticipantFilters,
)

router = APIRouter(prefix="/v1/participants", tags=["participants"])
ParticipantPath = Annotated[Slug, Path(description="The participant's id.")]


@router.get(
    "",
    summary="List participants",
    response_model=ParticipantPage,
    responses=declare(InvalidParameter, InvalidCursor),
)
def list_participants(
    filters: Annotated[ParticipantFilters, Query()],
    page: Annotated[PageRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """People, organisations and states, by id."""
    return reader.page(lists.participants(filters), page)


@router.get(
    "/{participant_id}",
    summary="Get a participant",
    response_model=ParticipantDocument,
    responses=declare(InvalidParameter, NotFound),
)
def get_participant(participant_id: ParticipantPath, reader: ReaderDep) -> Response:
    """One participant with names in several scripts, aliases and positions."""
    return reader.one(EntityKind.PARTICIPANT, participant_id)


@router.get(
    "/{participant_id}/events",
    summary="List the events of a participant",
    response_model=EventPage,
    responses=declare(InvalidParameter, InvalidCursor, NotFound),
)
def list_participant_events(
    participant_id: ParticipantPath,
    filters: Annotated[EventFilters, Query()],
    order: Annotated[EventOrder, Query()],
    page: Annotated[PageRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """The events in which the participant took part, newest first; the filters are those of events.

    `role` and `side` hold for the participant in the path, and for each other one that is named.
    """
    listing = lists.events_of(participant_id, filters, order.sort)
    return reader.page(listing, page, of=(EntityKind.PARTICIPANT, participant_id))


@router.get(
    "/{participant_id}/counterparts",
    summary="List the counterparts of a participant",
    response_model=CounterpartPage,
    responses=declare(InvalidParameter, InvalidCursor, NotFound),
)
def list_counterparts(
    participant_id: ParticipantPath,
    filters: Annotated[CounterpartFilters, Query()],
    page: Annotated[PageRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """Who took part in the same events, and in how many of them: the most first, then by id.

    Counts are those of the moment: one that grows during a walk can move to a page already passed.
    """
    listing = lists.counterparts(participant_id, filters)
    return reader.page(listing, page, of=(EntityKind.PARTICIPANT, participant_id))

"""The routes of participants."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.dependencies.event_page import PARTIAL, event_page
from app.api.dependencies.kinds import ParticipantPath
from app.api.dependencies.reader import ReaderDep
from app.api.problems import InvalidCursor, InvalidParameter, NotFound, Withdrawn, declare
from app.documents.entities.participant import ParticipantDocument
from app.documents.pages import CandidatePage, CounterpartPage, EventPage, ParticipantPage
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import CounterpartFilters, ParticipantFilters
from app.reading.parameters.events import EventFilters, EventOrder, EventView
from app.reading.parameters.names import NameQuery

router = APIRouter(prefix="/v1/participants", tags=["participants"])


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
    """People, organisations and states, by id.

    With `q` those whose name begins so, the ones with the most events first, then by id.
    """
    return reader.page(lists.participants(filters), page)


# Before the path of one participant, which would take it for an id.
@router.get(
    "/resolve",
    summary="Resolve a name to participants",
    response_model=CandidatePage,
    responses=declare(InvalidParameter),
)
def resolve_participants(query: Annotated[NameQuery, Query()], reader: ReaderDep) -> Response:
    """Who may be meant by a name: candidates, the likeliest first, each with the reason.

    Spellings of one name meet whatever their script or system: 김정은, Kim Jong Un, Gim Jeong-eun, Kim
    Chŏngŭn, Ким Чен Ын. Equal scores are equally good: several candidates may follow one another.
    What is only similar is told apart (`fuzzy`), and looked for only where there is nothing better.
    There is one page, without a cursor; `total` counts all candidates. Nobody is an empty list.
    """
    return reader.candidates(query)


@router.get(
    "/{participant_id}",
    summary="Get a participant",
    response_model=ParticipantDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
def get_participant(participant_id: ParticipantPath, reader: ReaderDep) -> Response:
    """One participant with names in several scripts, aliases and positions."""
    return reader.one(EntityKind.PARTICIPANT, participant_id)


@router.get(
    "/{participant_id}/events",
    summary="List the events of a participant",
    response_model=EventPage,
    responses=PARTIAL | declare(InvalidParameter, InvalidCursor, NotFound, Withdrawn),
)
def list_participant_events(
    participant_id: ParticipantPath,
    filters: Annotated[EventFilters, Query()],
    order: Annotated[EventOrder, Query()],
    page: Annotated[PageRequest, Query()],
    view: Annotated[EventView, Query()],
    reader: ReaderDep,
) -> Response:
    """The events in which the participant took part, newest first; the filters are those of events.

    `role` and `side` hold for the participant in the path, and for each other one that is named.
    """
    theirs = lists.involving(participant_id, filters)
    of = (EntityKind.PARTICIPANT, participant_id)
    return event_page(reader, theirs, order, page, view, of)


@router.get(
    "/{participant_id}/counterparts",
    summary="List the counterparts of a participant",
    response_model=CounterpartPage,
    responses=declare(InvalidParameter, InvalidCursor, NotFound, Withdrawn),
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

"""Participants: the list, names resolved to participants, and one participant's events and counterparts."""

from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.event_page import PARTIAL_PAGE, event_page
from app.api.dependencies.kinds import ParticipantPath
from app.api.dependencies.named_page import participant_page
from app.api.dependencies.reader import ReaderDep
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.short_reads import brief
from app.documents.entities.participant import ParticipantDocument
from app.documents.pages import CandidatePage, CounterpartPage, EventPage, ParticipantPage
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.names.resolve import resolve
from app.reading.parameters.common import PageRequest
from app.reading.parameters.events import EventFilters, EventOrder, EventView
from app.reading.parameters.names import NameQuery
from app.reading.parameters.participants import (
    ActivityView,
    CounterpartFilters,
    ParticipantFilters,
    ParticipantOrder,
)

router = make_router(prefix="/v1/participants", tags=["participants"])


@router.get(
    "",
    summary="List participants",
    response_model=ParticipantPage,
    responses=declare(InvalidParameter, InvalidCursor),
)
@brief
def list_participants(
    filters: Annotated[ParticipantFilters, Query()],
    order: Annotated[ParticipantOrder, Query()],
    page: Annotated[PageRequest, Query()],
    view: Annotated[ActivityView, Query()],
    reader: ReaderDep,
) -> Response:
    """List people, organisations and states, by id unless `sort` says otherwise.

    With `q`, list the participants who have a name that begins so: the ones with most events first, then
    by id. `matches` says which name begins so, and how many events each participant has.
    """
    return participant_page(reader, reader.follow(filters), order, page, view)


# Declared before `/{participant_id}`, which would take `resolve` for an id.
@router.get(
    "/resolve",
    summary="Resolve a name to participants",
    response_model=CandidatePage,
    responses=declare(InvalidParameter),
)
def resolve_participants(query: Annotated[NameQuery, Query()], reader: ReaderDep) -> Response:
    """List the participants that a name may mean, the likeliest first, each with the kind of match.

    All spellings of a name match, in any script or romanisation: 김정은, Kim Jong Un, Gim Jeong-eun, Kim
    Chŏngŭn, Ким Чен Ына, ㄱㅈㅇ. Brackets and titles around a name do not count. Candidates with equal scores are equally likely. Names that are only similar are
    marked `fuzzy`, and searched only if no better match exists. The answer is one page without a cursor;
    `total` counts all candidates. No match gives an empty list.
    """
    return reader.page_response(reader.find(lambda connection: resolve(connection, query)))


@router.get(
    "/{participant_id}",
    summary="Get a participant",
    response_model=ParticipantDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
@brief
def get_participant(participant_id: ParticipantPath, reader: ReaderDep) -> Response:
    """Get one participant with names in several scripts, aliases and positions."""
    return reader.one(EntityKind.PARTICIPANT, participant_id)


@router.get(
    "/{participant_id}/events",
    summary="List the events of a participant",
    response_model=EventPage,
    responses=PARTIAL_PAGE | declare(InvalidParameter, InvalidCursor, NotFound, Withdrawn),
)
@brief
def list_participant_events(
    participant_id: ParticipantPath,
    filters: Annotated[EventFilters, Query()],
    order: Annotated[EventOrder, Query()],
    page: Annotated[PageRequest, Query()],
    view: Annotated[EventView, Query()],
    reader: ReaderDep,
) -> Response:
    """List the events in which the participant took part, newest first, with the filters of events.

    `role` and `side` apply to the participant in the path, and to each participant that a filter names.
    """
    return event_page(reader, filters, order, page, view, participant_id)


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
    """List the participants of the same events with the number of shared events, most first, then by id.

    Counts may change between two pages: a counterpart whose count grows may move to a page that the
    client has already read.
    """
    listing = lists.counterparts(participant_id, filters)
    of = (EntityKind.PARTICIPANT, participant_id)
    return reader.page(listing, page, of, filters)

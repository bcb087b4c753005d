"""Choose the state of the data that `as_of` or `release` asks for, and the database that holds it."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Query, Request

from app.api.http.at_least import AT_LEAST, MalformedNumberError, needed_seq
from app.api.http.request_state import request_state
from app.api.problems.base import ProblemItem
from app.api.problems.catalogue import InvalidParameter
from app.api.runtime.snapshots import FutureError, Snapshots
from app.domain.instants import parse_moment
from app.reading.parameters.common import AsOf, ReleaseName
from app.reading.states import (
    NoSuchStateError,
    end_of_write,
    start_of_write,
    state_of_change,
    state_of_release,
)
from app.tables.database import Database
from app.tables.engines import immutable_url
from app.tables.log import DataState

_BOTH = "each of them chooses a state: send only one"


async def find_state(
    request: Request,
    as_of: Annotated[AsOf, Query()] = "",
    release: Annotated[ReleaseName, Query()] = "",
) -> DataState | None:
    """Return the requested state, or None for the present one; raises InvalidParameter."""
    if not as_of and not release:
        return None
    if as_of and release:
        items = [ProblemItem(parameter=name, detail=_BOTH) for name in ("as_of", "release")]
        raise InvalidParameter(f"as_of and release: {_BOTH}", items)
    try:
        state = await (_of_release(request, release) if release else _as_of(request, as_of))
    except (NoSuchStateError, FutureError) as error:
        name = "release" if release else "as_of"
        raise InvalidParameter.of((name, str(error))) from None
    shared = request_state(request.scope)
    # Caches may keep an answer from a past state forever.
    shared.past = shared.unchanging = True
    return state


async def _of_release(request: Request, name: str) -> DataState:
    snapshots: Snapshots = request.app.state.snapshots
    return await snapshots.find(lambda connection: state_of_release(connection, name))


async def _as_of(request: Request, text: str) -> DataState:
    snapshots: Snapshots = request.app.state.snapshots
    moment = parse_moment(text)
    if isinstance(moment, int):
        database = present_database(request)
        return await snapshots.find(
            lambda connection: state_of_change(connection, moment), database
        )
    return await snapshots.state_at(moment)


StateDep = Annotated[DataState | None, Depends(find_state)]


def present_database(request: Request) -> Database:
    """Return the database of the present state, which notes the state that the request reads.

    Raises InvalidParameter if `Timeline-At-Least` is malformed. A read raises BehindError if the database
    does not hold the change that the request needs.
    """
    try:
        at_least = needed_seq(request.scope)
    except MalformedNumberError as error:
        raise InvalidParameter.of((AT_LEAST, str(error))) from None
    state = request_state(request.scope)
    database: Database = request.app.state.database
    if state.replica is not None:
        database = state.replica.database.telling(state.note_failure)
    return database.for_one_request(state.note_seq, at_least)


async def choose_database(request: Request, state: StateDep) -> Database:
    """Return the database to answer from: the present one, or the file of a past state."""
    present = present_database(request)
    if state is None:
        return present
    snapshots: Snapshots = request.app.state.snapshots
    path = await snapshots.file(state)
    request_state(request.scope).seq = state.seq
    return _open(path, present.query_seconds)


DatabaseDep = Annotated[Database, Depends(choose_database)]


@lru_cache(maxsize=64)
def _open(path: Path, query_seconds: float) -> Database:
    # This database keeps no connection between requests, so an evicted one needs no closing.
    return Database(immutable_url(path), query_seconds=query_seconds)


def refuse_within_write(request: Request, state: DataState | None) -> None:
    """Raise InvalidParameter if the chosen state lies within a write; None is the present one."""
    if state is None:
        return
    with present_database(request).read() as connection:
        last = end_of_write(connection, state)
        if last == state.seq:
            return
        before = start_of_write(connection, state) - 1
    choice = f"{before} or {last}" if before else f"{last}"
    reason = (
        f"nobody could read the data after change {state.seq}, because one write made the changes "
        f"{before + 1} to {last}: choose {choice}"
    )
    raise InvalidParameter.of(("as_of", reason))


def write_end(request: Request) -> int | None:
    """Return the number of the last change of the write within which the chosen state lies.

    None if the state is whole, as the present state and the state of each instant and release are.
    """
    as_of = request.query_params.get("as_of", "")
    if not as_of.isdecimal():
        return None
    with present_database(request).read() as connection:
        state = state_of_change(connection, int(as_of))
        last = end_of_write(connection, state)
    return None if last == state.seq else last

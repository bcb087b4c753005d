"""`as_of` and `release`: the state of the data that a request is about, and the database of that state."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Query, Request

from app.api.problems import InvalidParameter, ProblemItem
from app.api.runtime.snapshots import FutureError, Snapshots
from app.domain.instants import parse_moment
from app.reading.parameters.common import AsOf, ReleaseName
from app.reading.states import DataState, NoSuchStateError, state_of_change, state_of_release
from app.tables.database import Database
from app.tables.engines import immutable_url

_BOTH = "each of them says which state is meant: give one"


async def find_state(
    request: Request,
    as_of: Annotated[AsOf, Query()] = "",
    release: Annotated[ReleaseName, Query()] = "",
) -> DataState | None:
    """The state that is asked for; None for the present one."""
    if not as_of and not release:
        return None
    if as_of and release:
        items = [ProblemItem(parameter=name, detail=_BOTH) for name in ("as_of", "release")]
        raise InvalidParameter(f"as_of and release: {_BOTH}", items)
    past: Snapshots = request.app.state.past
    try:
        moment = await (_of_release(past, release) if release else _as_of(past, as_of))
    except (NoSuchStateError, FutureError) as error:
        name = "release" if release else "as_of"
        item = ProblemItem(parameter=name, detail=str(error))
        raise InvalidParameter(f"{name}: {error}", [item]) from None
    # What is answered will be answered for ever.
    request.state.unchanging = True
    return moment


async def _of_release(past: Snapshots, name: str) -> DataState:
    return await past.find(lambda connection: state_of_release(connection, name))


async def _as_of(past: Snapshots, text: str) -> DataState:
    asked = parse_moment(text)
    if isinstance(asked, int):
        return await past.find(lambda connection: state_of_change(connection, asked))
    return await past.state_at(asked)


StateDep = Annotated[DataState | None, Depends(find_state)]


async def choose_database(request: Request, moment: StateDep) -> Database:
    """The database that the request is answered from: the present one, or a file of a past state."""
    present: Database = request.app.state.database
    if moment is None:
        return present
    past: Snapshots = request.app.state.past
    return _open(await past.file(moment), present.query_seconds)


DatabaseDep = Annotated[Database, Depends(choose_database)]


@lru_cache(maxsize=64)
def _open(path: Path, query_seconds: float) -> Database:
    # It holds no connection between requests, so nothing needs to be closed.
    url = immutable_url(path).render_as_string(hide_password=False)
    return Database(url, query_seconds=query_seconds)

"""The proof of an answer: which events matched a query in one state, checkable without this server."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Response
from sqlalchemy import Connection

from app.api.dependencies.reader import JSON_MEDIA_TYPE, Reader, ReaderDep
from app.api.dependencies.state import StateDep, refuse_within_write
from app.api.http.headers import sends
from app.api.problems.catalogue import InvalidParameter
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.streaming.exports import export_prepared
from app.api.streaming.snapshot import WriteFormat
from app.documents.proof import ProofBundle
from app.documents.unknown import UnknownValue
from app.formats.proof import ProvedQuery, write_proof
from app.reading import lists
from app.reading.filters.meant import as_meant
from app.reading.listing import Listing
from app.reading.parameters.canonical import canonical
from app.reading.parameters.events import EventFilters, EventSort
from app.reading.states import (
    NoSuchStateError,
    first_digest,
    newest_state,
)
from app.reading.unknown_ids import find_unknown_ids
from app.tables.log import DataState

router = make_router(prefix="/v1", tags=["formats"])


@router.get(
    "/proof",
    summary="Prove the answer to a query",
    response_model=ProofBundle,
    responses=sends("Content-Disposition", "Link") | declare(InvalidParameter),
)
def get_proof(
    filters: Annotated[EventFilters, Query()], state: StateDep, reader: ReaderDep
) -> Response:
    """Get the events that match, or the fact that none does, in a form that others can check.

    The bundle names the state of the data and the digest of the change log up to it.
    `timeline verify-bundle` checks it offline against any copy of the log: it rebuilds the state from
    the changes, evaluates the filters again, and compares each document. So a bundle shows what the
    dataset held then, and that it held nothing else. `as_of` must be the last change of a write,
    because nobody could read the data before its end.
    """
    refuse_within_write(reader.request, state)
    asked = _ProofRequest(reader, filters)
    headers = {"Content-Disposition": 'attachment; filename="timeline-proof.json"'}
    return export_prepared(reader, asked.listing, asked.writer, JSON_MEDIA_TYPE, headers)


class _ProofRequest:
    """A query, whose facts and documents are all read in one snapshot."""

    def __init__(self, reader: Reader, filters: EventFilters) -> None:
        self._reader = reader
        self._filters = filters
        self._meant = filters

    def listing(self, connection: Connection) -> Listing:
        """Return the list of the events that match; an empty one is an answer."""
        self._meant = as_meant(connection, self._filters)
        return replace(lists.events(self._meant, EventSort.DATE_DESCENDING), filters=None)

    def writer(self, connection: Connection) -> WriteFormat:
        """Return the writer of the bundle. Raises InvalidParameter before the first change."""
        try:
            query = self._query(newest_state(connection), first_digest(connection))
        except NoSuchStateError as error:
            raise InvalidParameter.of(("as_of", str(error))) from None

        def unknown() -> list[UnknownValue]:
            return find_unknown_ids(connection, self._meant)

        def write(documents: Iterator[bytes]) -> Iterator[bytes]:
            return write_proof(query, documents, unknown)

        return write

    def _query(self, state: DataState, first: str) -> ProvedQuery:
        parameters = canonical(self._filters)
        pairs = [(name, value) for name, values in parameters.items() for value in values]
        url = f"{self._reader.urls.api_url}/events?{urlencode([*pairs, ('as_of', state.seq)])}"
        version = self._reader.request.app.version
        return ProvedQuery(version, first, *state, parameters, url)

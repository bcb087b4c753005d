"""Answer with a page of participants, and with the names that match a half-typed one."""

from fastapi import Response
from pydantic import TypeAdapter

from app.api.dependencies.reader import Reader
from app.documents.pages import Completion
from app.reading import lists
from app.reading.names.bearers import bearers, completions
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import ParticipantFilters

_COMPLETIONS = TypeAdapter(list[Completion])


def participant_page(reader: Reader, filters: ParticipantFilters, request: PageRequest) -> Response:
    """Answer with a page of participants from one snapshot. Raises as `Reader.fetch` does."""
    with reader.database.read() as connection:
        named = bearers(connection, filters.name) if filters.name else ()
        listing = lists.participants(filters, named)
        page = reader.fetch(connection, listing, request, filters=filters)
        found = completions(connection, filters.q, page.items) if filters.q else []
    return reader.page_response(page, f',"matches":{_COMPLETIONS.dump_json(found).decode()}')

"""Keep the drafter of the newest state in memory: to read all documents takes a quarter of a second."""

from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from app.documents.tombstone import find_ended_ids
from app.reading.listing import all_documents, data_version

if TYPE_CHECKING:
    from app.drafting.draft import Drafter


def read_drafter(connection: Connection) -> "Drafter":
    """Return a drafter that knows the present documents, and the ids of those that are gone."""
    # Most servers draft nothing.
    from app.drafting.draft import Drafter
    from app.drafting.knowledge import DRAFTED, KINDS, knowledge_of

    ended = find_ended_ids(connection, DRAFTED)
    return Drafter(knowledge_of(all_documents(connection, KINDS)), ended)


class Drafters:
    """The drafter of the last state that a request has seen. Nothing is read before the first request."""

    def __init__(self) -> None:
        self._kept: tuple[bytes, Drafter] | None = None
        self._lock = Lock()

    def find(self, connection: Connection) -> "Drafter":
        """Return the drafter of the state that the connection sees: one statement if it is kept."""
        version = data_version(connection)
        with self._lock:
            if self._kept is None or self._kept[0] != version:
                self._kept = version, read_drafter(connection)
            return self._kept[1]

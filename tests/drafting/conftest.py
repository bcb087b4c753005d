"""The drafter over the seeds, which the tests of drafting share."""

import pytest

from app.drafting.draft import Drafter
from app.drafting.knowledge import KINDS, knowledge_of
from app.reading.listing import all_documents
from app.tables.database import Database


@pytest.fixture(scope="session")
def drafter(seeded_sqlite: Database) -> Drafter:
    """A drafter that knows the seeds."""
    with seeded_sqlite.read() as connection:
        return Drafter(knowledge_of(all_documents(connection, KINDS)))

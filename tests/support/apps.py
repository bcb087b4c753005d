"""Applications over test databases, their clients, and keys."""

from sqlalchemy import exists, or_, select
from sqlmodel import SQLModel
from starlette.testclient import TestClient

from app.domain.vocabulary import Scope
from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from app.writing.api_keys import create_key
from tests.support.contract import check_answer
from tests.support.sharing import run_folder
from tests.support.twins import TwinClient

# All tests of an engine share this folder, because the name of a snapshot identifies its change log.
# Engines have separate folders; otherwise the second would read the snapshots of the first.
_PAST = run_folder() / "past"
# A table that refers to another precedes it.
_TABLES = (*reversed(SQLModel.metadata.sorted_tables),)
_HAS_ROWS = select(or_(*(exists().select_from(table) for table in _TABLES)))
# PostgreSQL takes all statements in one round trip, in a quarter of the time.
_DELETE_ALL = [f'DELETE FROM "{table.name}"' for table in _TABLES]


def empty(database: Database) -> None:
    """Delete every row; most tests leave none."""
    with database.read() as connection:
        if not connection.scalar(_HAS_ROWS):
            return
    with database.write() as connection:
        at_once = connection.dialect.name == "postgresql"
        for statement in ["; ".join(_DELETE_ALL)] if at_once else _DELETE_ALL:
            connection.exec_driver_sql(statement)


def make_key(database: Database, name: str = "editor", scope: Scope = Scope.WRITE) -> str:
    """Create a key in this database, and return it."""
    with database.write() as connection:
        return create_key(connection, name, scope)


def client_of(database: Database, twin: TestClient | None = None) -> TestClient:
    """Return a client of the API over a database; enter it using `with`.

    With a twin, each new read is sent to it too, and must get the same answer.
    """
    url = database.url.render_as_string(hide_password=False)
    past = _PAST / database.url.get_backend_name()
    # On a busy machine a query may take long, and so may the server to build a past state.
    app = create_app(Settings(database_url=url, past_folder=past, query_seconds=120))
    app.state.snapshots.wait_seconds = 120
    client = TestClient(app) if twin is None else TwinClient(app, twin)
    # In every test, each answer must be one that the document declares.
    client.event_hooks["response"].append(check_answer)
    return client

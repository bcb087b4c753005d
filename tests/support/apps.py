"""Applications over databases of tests, clients of them, and keys."""

from sqlalchemy import exists, or_, select
from sqlmodel import SQLModel
from starlette.testclient import TestClient

from app.domain.vocabulary import Scope
from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from app.writing.keys import create_key
from tests.support.contract import check_answer
from tests.support.sharing import run_folder

# Shared by all tests: the name of each file tells the log that it was made from.
_PAST = run_folder() / "past"
# What refers before what is referred to.
_TABLES = (*reversed(SQLModel.metadata.sorted_tables),)
_HAS_ROWS = select(or_(*(exists().select_from(table) for table in _TABLES)))


def empty(database: Database) -> None:
    """Delete every row; most tests leave none."""
    with database.read() as connection:
        if not connection.scalar(_HAS_ROWS):
            return
    with database.write() as connection:
        for table in _TABLES:
            connection.execute(table.delete())


def make_key(database: Database, name: str = "editor", scope: Scope = Scope.WRITE) -> str:
    """A new key of this database."""
    with database.write() as connection:
        return create_key(connection, name, scope)


def client_of(database: Database) -> TestClient:
    """A client of the API over a database; to be entered with `with`."""
    url = database.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url, past_folder=_PAST))
    # On a busy machine it can take long to build a past state.
    app.state.snapshots.wait_seconds = 120
    client = TestClient(app)
    # Whatever else a test looks at, each answer is one that the document declares.
    client.event_hooks["response"].append(check_answer)
    return client

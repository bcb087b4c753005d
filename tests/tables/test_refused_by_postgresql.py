"""Rights, schemas and encodings that PostgreSQL lacks: a line names them, without a traceback."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, select, text
from starlette.testclient import TestClient

from app.domain.values import LanguageMap
from app.main import create_app
from app.settings import Settings
from app.tables import core as t
from app.tables.database import Database
from app.tables.schema.creation import create_if_empty
from tests.support.apps import make_key
from tests.support.builders import make_place, store
from tests.support.commands import run
from tests.support.databases import NewDatabase
from tests.support.postgresql import database_name


def _with_option(url: str, option: str) -> str:
    return (
        make_url(url)
        .update_query_dict({"options": f"-c{option}"})
        .render_as_string(hide_password=False)
    )


@pytest.mark.parametrize(
    ("command", "option", "reason"),
    [
        (["keys", "create", "a"], "role=pg_read_all_data", "permission denied for table api_key"),
        (["db", "upgrade"], "search_path=nowhere", "no schema has been selected to create in"),
    ],
)
def test_a_command_names_the_right_or_the_schema_that_is_missing(
    new_postgresql: NewDatabase, command: list[str], option: str, reason: str
) -> None:
    url = new_postgresql("refused")
    with closing(Database(url)) as database:
        create_if_empty(database)

    refused = run(*command, database_url=_with_option(url, option))

    assert refused.exit_code == 1
    assert refused.stderr.endswith(f" refuses this: {reason}\n")


def test_a_write_that_the_user_may_not_do_is_a_503(
    new_postgresql: NewDatabase, tmp_path: Path
) -> None:
    url = new_postgresql("refused_write")
    with closing(Database(url)) as database:
        create_if_empty(database)
        key = make_key(database)
    settings = Settings(
        database_url=_with_option(url, "role=pg_read_all_data"), past_folder=tmp_path
    )

    with TestClient(create_app(settings)) as client:
        read = client.get("/v1/places")
        written = client.put(
            "/v1/places/moscow",
            json=make_place().to_plain(),
            headers={"Authorization": f"Bearer {key}"},
        )

    assert (read.status_code, written.status_code) == (200, 503)
    assert written.json()["detail"].startswith("the database refuses this")


def test_a_database_of_another_encoding_is_refused(postgres_url: str) -> None:
    name = database_name("latin1")
    server = make_url(postgres_url).set(drivername="postgresql+psycopg")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        create = f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
        connection.execute(text(create))
    engine.dispose()

    refused = run(
        "db",
        "upgrade",
        database_url=server.set(database=name).render_as_string(hide_password=False),
    )

    assert refused.exit_code == 2
    assert "the database has the encoding LATIN1, and needs UTF8" in refused.stderr


def test_another_encoding_of_the_client_counts_for_nothing(
    new_postgresql: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_url(new_postgresql("client_encoding"))
    monkeypatch.setenv("PGCLIENTENCODING", "KOI8R")
    stated = url.update_query_dict({"client_encoding": "LATIN1"})
    place = make_place(names=LanguageMap(en="Wonsan", ko="원산"))

    for each in (url, stated):
        with closing(Database(each.render_as_string(hide_password=False))) as database:
            create_if_empty(database)
            store(database, place)
            with database.read() as connection:
                names = connection.scalars(select(t.place.c.document)).all()

        assert "원산" in str(names)

"""The connection for short questions finds its server, although a host before it does not answer."""

import asyncio
import socket
from contextlib import closing
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from app.tables.data_versions.aside import AsideConnection
from app.tables.database import Database
from tests.support.servers import PATIENCE


async def _ask_until_answered(connection: AsideConnection) -> int:
    for _ in range(PATIENCE):
        try:
            (value,) = await connection.ask("SELECT 1")
        except (psycopg.Error, OSError):
            continue
        return int(value)
    raise AssertionError("no question was answered")


def test_a_question_is_answered_although_the_first_host_hangs(
    postgres_url: str, tmp_path: Path
) -> None:
    url = make_url(postgres_url)
    port = url.port or 5432
    hosts = (str(tmp_path), str(url.query.get("host") or url.host))
    # The shortest timeout of psycopg is longer than the second that a question may take.
    query = {"host": hosts, "connect_timeout": "2"}

    async def ask() -> int:
        with closing(Database(several.render_as_string(hide_password=False))) as database:
            connection = AsideConnection(database)
            try:
                return await _ask_until_answered(connection)
            finally:
                await connection.close()

    several = url.set(host=None, port=None, query=query)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / f".s.PGSQL.{port}"))
        silent.listen()

        assert asyncio.run(ask()) == 1

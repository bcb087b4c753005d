"""A public client of the Reconciliation API matches a table, as the guide shows."""

import subprocess

import pytest

from app.tables.database import Database
from tests.docs.pages import API, HOST, read_blocks
from tests.support.servers import served
from tests.support.table_programs import command_of

pytestmark = [pytest.mark.tables, pytest.mark.sqlite]
PAGE = API / "reconciliation.md"


def test_the_program_of_the_guide_prints_what_it_shows(seeded_sqlite: Database) -> None:
    (program,) = read_blocks(PAGE, "python")
    (shown,) = read_blocks(PAGE, "text")
    url = seeded_sqlite.url.render_as_string(hide_password=False)

    with served(url) as (base, _):
        command = [*command_of("python"), "-c", program.replace(HOST, base)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout == shown

"""docs/clients.md shows the programs that are run; the tests of each client run its commands."""

import pytest

from tests.clients.page import SECTIONS, programs, scenario
from tests.clients.tools import CLIENTS

FOLDERS = {path.name for path in CLIENTS.iterdir() if path.is_dir()} - {"node_modules"}


def test_each_client_has_a_section() -> None:
    assert FOLDERS == SECTIONS.keys()


@pytest.mark.parametrize("client", sorted(FOLDERS))
def test_the_program_is_the_one_that_is_run(client: str) -> None:
    assert programs(client) == [scenario(client).read_text()]

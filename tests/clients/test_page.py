"""docs/clients.md shows the programs that the tests run; the tests of each client run its commands."""

import pytest

from tests.clients.page import SECTIONS, programs, scenario
from tests.clients.tools import CLIENTS

# The package is written by hand, and has a separate page.
OTHERS = {"node_modules", "package"}
FOLDERS = {path.name for path in CLIENTS.iterdir() if path.is_dir()} - OTHERS


def test_each_client_has_a_section() -> None:
    assert FOLDERS == SECTIONS.keys()


@pytest.mark.parametrize("client", sorted(FOLDERS))
def test_the_page_shows_the_program_that_is_tested(client: str) -> None:
    assert programs(client) == [scenario(client).read_text()]

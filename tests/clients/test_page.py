"""docs/clients.md shows the programs that are run; the tests of each client run its commands."""

from clients.page import SECTIONS
from clients.tools import CLIENTS

FOLDERS = {path.name for path in CLIENTS.iterdir() if path.is_dir()} - {"node_modules"}


def test_each_client_has_a_section() -> None:
    assert FOLDERS <= SECTIONS.keys()

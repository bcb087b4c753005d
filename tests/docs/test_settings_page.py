"""docs/configuration.md has each setting as its field describes it, and no page names another."""

import re

from app.settings import PROJECT_ROOT
from tests.docs.pages import PAGES, name_of
from tests.docs.settings_table import PAGE, ROW, make_rows

# Settings of clients, not of a server.
OF_CLIENTS = {"TIMELINE_URL", "TIMELINE_KEY"}


def test_each_is_described_as_its_field_says() -> None:
    rows = {row[1]: row[0] for row in ROW.finditer(PAGE.read_text())}

    assert rows == make_rows(), "`make examples` copies the descriptions of app/settings.py"


def test_no_other_is_named() -> None:
    unknown = [
        (name_of(page), name)
        for page in [*PAGES, PROJECT_ROOT / "Dockerfile"]
        for name in re.findall(r"TIMELINE_[A-Z_]+", page.read_text())
        if name not in {*make_rows(), *OF_CLIENTS}
    ]

    assert unknown == []

"""docs/configuration.md describes each setting like its field; no page names an unknown setting."""

import re

from app.settings import PROJECT_ROOT
from tests.docs.pages import PAGES, name_of
from tests.docs.settings_table import PAGE, ROW, make_rows

# Variables of client programs, not of a server.
OF_CLIENTS = {"TIMELINE_URL", "TIMELINE_KEY"}


def test_each_setting_is_described_like_its_field() -> None:
    rows = {row[1]: row[0] for row in ROW.finditer(PAGE.read_text())}

    assert rows == make_rows(), "`make examples` copies the descriptions of app/settings.py"


def test_no_page_names_an_unknown_setting() -> None:
    unknown = [
        (name_of(page), name)
        for page in [*PAGES, PROJECT_ROOT / "Dockerfile"]
        for name in re.findall(r"TIMELINE_[A-Z_]+", page.read_text())
        if name not in {*make_rows(), *OF_CLIENTS}
    ]

    assert unknown == []

"""docs/configuration.md has each setting, and no page names another."""

import re

from docs.pages import DOCS, PAGES, name_of

from app.settings import PROJECT_ROOT, Settings

SETTINGS = {f"TIMELINE_{name.upper()}": field for name, field in Settings.model_fields.items()}
# Settings of clients, not of a server.
OF_CLIENTS = {"TIMELINE_URL", "TIMELINE_KEY"}


def test_each_is_described_with_its_default() -> None:
    page = (DOCS / "configuration.md").read_text()
    rows = re.findall(r"^\| `(TIMELINE_\w+)` \| (.*?) \|", page, re.MULTILINE)

    assert dict(rows) == {name: _shown(field.default) for name, field in SETTINGS.items()}


def _shown(default: object) -> str:
    return f"`{str(default).replace(str(PROJECT_ROOT), 'PROJECT')}`" if default != "" else "(empty)"


def test_no_other_is_named() -> None:
    unknown = [
        (name_of(page), name)
        for page in [*PAGES, PROJECT_ROOT / "Dockerfile"]
        for name in re.findall(r"TIMELINE_[A-Z_]+", page.read_text())
        if name not in {*SETTINGS, *OF_CLIENTS}
    ]

    assert unknown == []

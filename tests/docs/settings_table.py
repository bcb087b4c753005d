"""The rows of the tables in docs/configuration.md, made from the fields of Settings."""

import re

from app.settings import PROJECT_ROOT, Settings
from tests.docs.pages import DOCS

PAGE = DOCS / "configuration.md"
ROW = re.compile(r"^\| `(TIMELINE_\w+)` \|.*\|$", re.MULTILINE)


def make_rows() -> dict[str, str]:
    """Return the row of each setting, by the name of its variable."""
    return {
        (name := f"TIMELINE_{key.upper()}"): (
            f"| `{name}` | {_shown(field.default)} | {field.description} |"
        )
        for key, field in Settings.model_fields.items()
    }


def _shown(default: object) -> str:
    return f"`{str(default).replace(str(PROJECT_ROOT), 'PROJECT')}`" if default != "" else "(empty)"


def refresh_settings() -> None:
    """Rewrite each row of the page from its field."""
    rows = make_rows()
    text = PAGE.read_text()
    PAGE.write_text(ROW.sub(lambda row: rows.get(row[1], row[0]), text))

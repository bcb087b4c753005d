"""The pages of the project, and the parts of their Markdown."""

import re
from pathlib import Path

from app.settings import PROJECT_ROOT

DOCS = PROJECT_ROOT / "docs"
API = DOCS / "api"
RECIPES = DOCS / "recipes"
README = PROJECT_ROOT / "README.md"
PAGES = sorted(
    [
        *PROJECT_ROOT.glob("*.md"),
        *DOCS.rglob("*.md"),
        PROJECT_ROOT / "findings/README.md",
        PROJECT_ROOT / "seeds/README.md",
    ]
)
# The address of a link.
LINK = re.compile(r"\]\(([^()\s]+)\)")
HOST = "http://127.0.0.1:8000"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    """Return the page's path in the project."""
    return str(page.relative_to(PROJECT_ROOT))


def read_prose(page: Path) -> str:
    """Return the page without its fenced blocks."""
    return _FENCE.sub("", page.read_text())


def read_blocks(page: Path, language: str) -> list[str]:
    """Return the fenced blocks of this language."""
    return [text for name, text in _FENCE.findall(page.read_text()) if name == language]


def read_section(page: Path, heading: str) -> str:
    """Return the text from this heading to the next heading of level two."""
    return page.read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def find_anchors(page: Path) -> set[str]:
    """Return the fragments by which a browser finds the headings."""
    return {*map(anchor_of, _HEADING.findall(read_prose(page)))}


def anchor_of(heading: str) -> str:
    """Return the fragment by which a browser finds the heading."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")

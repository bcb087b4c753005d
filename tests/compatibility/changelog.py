"""What the changelog says of changes that break clients."""

import re
from collections.abc import Iterable

from tests.compatibility.pairs import Break

_RELEASES = re.compile(r"^## \[?(\d+\.\d+\.\d+)\]?", re.MULTILINE)


def released_versions(changelog: str) -> list[str]:
    """The versions that it has a heading for, the newest first."""
    return _RELEASES.findall(changelog)


def find_unnamed(breaks: Iterable[Break], changelog: str) -> list[str]:
    """A line to add below `### Breaking` of `## [Unreleased]` for each break not named there."""
    named = " ".join(_section(_section(changelog, "## [Unreleased]"), "### Breaking").split())
    return [f"- {each}" for each in breaks if not _is_named(f"- {each}", named)]


def _is_named(line: str, named: str) -> bool:
    """Whether it stands there, whole: more may be said of it in a sentence of its own."""
    return re.search(re.escape(line.rstrip()) + r"(?=\.?(?: |$))", named) is not None


def _section(text: str, heading: str) -> str:
    """What stands below the heading, up to the next one of its level."""
    _, _, below = f"\n{text}".partition(f"\n{heading}\n")
    level = heading.partition(" ")[0]
    return re.split(f"^{level} ", below, maxsplit=1, flags=re.MULTILINE)[0]

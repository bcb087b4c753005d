"""What the changelog says of changes that break clients."""

import re
from collections.abc import Iterable

from compatibility.pairs import Break

_RELEASES = re.compile(r"^## \[?(\d+\.\d+\.\d+)\]?", re.MULTILINE)


def released_versions(changelog: str) -> list[str]:
    """The versions that it has a heading for, the newest first."""
    return _RELEASES.findall(changelog)


def find_unnamed(breaks: Iterable[Break], changelog: str) -> list[str]:
    """A line to add below `### Breaking` of `## [Unreleased]` for each break not named there."""
    named = " ".join(_section(_section(changelog, "## [Unreleased]"), "### Breaking").split())
    return [f"- {each}" for each in breaks if f"- {each}" not in named]


def _section(text: str, heading: str) -> str:
    """What stands below the heading, up to the next one of its level."""
    _, _, below = f"\n{text}".partition(f"\n{heading}\n")
    level = heading.partition(" ")[0]
    return re.split(f"^{level} ", below, maxsplit=1, flags=re.MULTILINE)[0]

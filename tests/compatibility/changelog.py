"""Read the releases and the named breaks from the changelog."""

import re
from collections.abc import Iterable

from tests.compatibility.pairs import Break

_RELEASES = re.compile(r"^## \[?(\d+\.\d+\.\d+)\]?", re.MULTILINE)


def released_versions(changelog: str) -> list[str]:
    """Return the versions that have a heading, the newest first."""
    return _RELEASES.findall(changelog)


def find_unnamed(breaks: Iterable[Break], changelog: str) -> list[str]:
    """Return the missing lines of the section `### Breaking` of `## [Unreleased]`, one per break."""
    named = " ".join(_section(_section(changelog, "## [Unreleased]"), "### Breaking").split())
    return [f"- {each}" for each in breaks if not _is_named(f"- {each}", named)]


def _is_named(line: str, named: str) -> bool:
    """Whether the section has the whole line; a separate sentence may follow it."""
    return re.search(re.escape(line.rstrip()) + r"(?=\.?(?: |$))", named) is not None


def _section(text: str, heading: str) -> str:
    """Return the text below the heading, up to the next heading of the same level."""
    _, _, below = f"\n{text}".partition(f"\n{heading}\n")
    level = heading.partition(" ")[0]
    return re.split(f"^{level} ", below, maxsplit=1, flags=re.MULTILINE)[0]

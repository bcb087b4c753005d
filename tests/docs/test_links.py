"""Each link in the pages leads to a file and a heading, and each `make` target exists."""

import re
from collections.abc import Iterator
from pathlib import Path

from app.settings import PROJECT_ROOT
from tests.docs.pages import LINK, PAGES, find_anchors, name_of, read_blocks, read_prose


def test_links_lead_to_a_file_and_a_heading() -> None:
    assert list(_broken_links()) == []


def _broken_links() -> Iterator[str]:
    for page in PAGES:
        for link in LINK.findall(read_prose(page)):
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            if not link.startswith(("http://", "https://")) and not _exists(target, anchor):
                yield f"{name_of(page)}: {link}"


def _exists(target: Path, anchor: str) -> bool:
    return target.exists() and (not anchor or anchor in find_anchors(target))


def test_each_named_make_target_exists() -> None:
    targets = re.findall(r"^([\w-]+):", (PROJECT_ROOT / "Makefile").read_text(), re.MULTILINE)

    unknown = [(name_of(page), each) for page in PAGES for each in _targets(page) - {*targets}]

    assert unknown == []


def _targets(page: Path) -> set[str]:
    shown = re.findall(r"^make ([\w-]+)", "".join(read_blocks(page, "sh")), re.MULTILINE)
    return {*shown, *re.findall(r"`make ([\w-]+)", page.read_text())}

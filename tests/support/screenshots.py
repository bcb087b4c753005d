"""Take pictures of the main pages in four languages, for reviewers; `make screenshots` runs this.

A server over the seeds makes the pages, and Chromium shows them.
"""

import base64
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser

from app.domain.languages import Language
from app.settings import PROJECT_ROOT
from tests.support.browsers import chromium
from tests.support.databases import load_seeds
from tests.support.servers import served

FOLDER = PROJECT_ROOT / "docs/screenshots"
MOST_BYTES = 1_500_000
_PAGES = {
    "explore": "explore?participant=choe-son-hui&date=2022/..",
    "event": "events/2024-06-18-putin-state-visit-dprk",
    "participant": "participants/choe-son-hui",
    "treaty": "treaties/friendship-treaty-1961",
}
_SCREEN = {"width": 1180, "height": 820}
_PHONE = {"width": 390, "height": 760}


class Picture(NamedTuple):
    """A picture of a page: its file, the path of the page, and the options of the browser."""

    name: str
    path: str
    options: dict[str, Any]


def pictures() -> Iterator[Picture]:
    """Yield each picture: the main pages in each language, one in the dark, and one on a phone."""
    for language in Language:
        for page, path in _PAGES.items():
            yield Picture(f"{page}-{language}.webp", f"/{language}/{path}", {"viewport": _SCREEN})
    explore = _PAGES["explore"]
    yield Picture(
        "explore-dark-en.webp", f"/en/{explore}", {"viewport": _SCREEN, "color_scheme": "dark"}
    )
    yield Picture("explore-phone-ko.webp", f"/ko/{explore}", {"viewport": _PHONE})


def _take(browser: Browser, base: str, picture: Picture) -> bytes:
    context = browser.new_context(**picture.options)
    with closing(context):
        page = context.new_page()
        page.goto(f"{base}{picture.path}", wait_until="networkidle")
        # Playwright itself writes PNG, which takes four times the bytes.
        session = context.new_cdp_session(page)
        made = session.send("Page.captureScreenshot", {"format": "webp", "quality": 60})
        return base64.b64decode(made["data"])


def main() -> None:
    """Replace all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'seeds.db')}"
        load_seeds(url)
        with served(url, past_folder=Path(folder, "past")) as (base, _), chromium() as browser:
            for picture in pictures():
                (FOLDER / picture.name).write_bytes(_take(browser, base, picture))


if __name__ == "__main__":
    main()

"""One browser and one server over the seeds for the whole run; each test opens its own tabs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app.tables.database import Database
from tests.support.browsers import Tabs, chromium
from tests.support.servers import served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def seeds_url(seeded_sqlite: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server over the seeds; read it, write nothing."""
    folder: Path = tmp_path_factory.mktemp("browser")
    database = seeded_sqlite.url.render_as_string(hide_password=False)
    with served(database, log=folder / "log", past_folder=folder / "past") as (url, _):
        yield url


@pytest.fixture
def tabs(browser: Browser, seeds_url: str) -> Iterator[Tabs]:
    """Opens tabs on the server; the test fails at its end if any of them has a fault (see `Watch`)."""
    tabs = Tabs(browser, seeds_url)
    yield tabs
    assert tabs.close() == []


@pytest.fixture
def tab(tabs: Tabs) -> Page:
    """An empty tab."""
    return tabs.open()

"""A real browser for tests: Debian's Chromium without a window, and a strict watch over its tabs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from tests.support.servers import find_daemon

# The sandbox of Chromium does not work for root, as which containers run.
_OPTIONS = ["--no-sandbox", "--disable-dev-shm-usage"]
# Milliseconds that a test waits for an element on a busy machine.
_PATIENCE = 15_000
# Addresses without a server.
_INSIDE = ("about", "blob", "data")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium; without it skip the test, and in CI fail."""
    path = find_daemon("chromium", "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_OPTIONS)
        yield browser
        browser.close()


class Watch:
    """Collects the faults of a browser context that may reach one origin only.

    Faults are: each error in the console (violations of the content security policy and answers
    from 400 on are among them), each exception of a script, and each request that leaves the origin.
    """

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.faults: list[str] = []
        # The path of each request that reached the origin, in order.
        self.paths: list[str] = []
        self._origin = origin
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.faults.append(f"exception: {error.error}"))
        context.on("request", self._on_request)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" == self._origin:
            self.paths.append(parts.path)
        elif parts.scheme not in _INSIDE:
            self.faults.append(f"left the origin: {request.url}")


class Tabs:
    """Opens tabs, each in a fresh context without cookies or caches of the others."""

    def __init__(self, browser: Browser, base: str) -> None:
        # The URL above all paths, without a slash at its end.
        self.base = base
        self._browser = browser
        self._watched: list[tuple[BrowserContext, Watch]] = []

    def open(self, path: str = "", base: str = "", **options: Any) -> Page:
        """Open a path of the server, if any, in a context with these options of Playwright."""
        base = base or self.base
        context = self._browser.new_context(**options)
        context.set_default_timeout(_PATIENCE)
        parts = urlsplit(base)
        self._watched.append((context, Watch(context, f"{parts.scheme}://{parts.netloc}")))
        page = context.new_page()
        if path:
            page.goto(f"{base}{path}")
        return page

    def watch_of(self, page: Page) -> Watch:
        """Return the watch over a tab, for a test that expects a fault or counts requests."""
        return next(watch for context, watch in self._watched if context == page.context)

    def close_all(self) -> None:
        """Close every tab, for example before its server stops."""
        for context, _ in self._watched:
            context.close()

    def close(self) -> list[str]:
        """Close every tab, and return the faults of all."""
        self.close_all()
        return [fault for _, watch in self._watched for fault in watch.faults]

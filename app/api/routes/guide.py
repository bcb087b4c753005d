"""`/guide`: the pages of the documentation as HTML, for readers of a server without the sources."""

import posixpath
from base64 import b64encode
from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from anyio.to_thread import run_sync
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.api.dependencies.parameters import refuse_any
from app.api.http.allowed_methods import allowed_methods
from app.api.http.urls import base_url
from app.api.problems.catalogue import NotFound
from app.formats.guide import STYLE, guide_page

_PATTERNS: Final = ("docs/**/*.md", "seeds/README.md", "findings/README.md", "CHANGELOG.md")
# The address of `make serve`, which the pages show in place of the server's own.
_SHOWN_HOST: Final = "http://127.0.0.1:8000"
# The least similarity of a misspelt name, of 1.
_NEAR: Final = 0.75
_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def install_guide(app: FastAPI, root: Path) -> None:
    """Add the routes of the guide to the project in this folder; OpenAPI does not list them."""
    guide = _Guide(root, lambda path: "GET" in allowed_methods(app.state.methods, path))

    async def get_page(request: Request) -> Response:
        refuse_any(request)
        name = request.path_params.get("name", "")
        if name not in guide.pages:
            canonical = _name(name.strip("/"))
            if canonical in guide.pages:
                return RedirectResponse(_url(base_url(request), canonical), status_code=308)
            raise NotFound(f"this page does not exist; {guide.advice(canonical)}")
        page = await run_sync(guide.page, name, base_url(request))
        headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
        return HTMLResponse(page, headers=headers)

    app.add_route("/guide", get_page, include_in_schema=False)
    app.add_route("/guide/{name:path}", get_page, include_in_schema=False)


class _Guide:
    """The pages of a project; `pages` has their files by their name below `/guide`.

    The name of the first page is empty. `is_readable` says whether a path of the API takes GET.
    """

    def __init__(self, root: Path, is_readable: Callable[[str], bool]) -> None:
        self._root = root
        self._is_readable = is_readable
        files = (file for pattern in _PATTERNS for file in root.glob(pattern))
        self.pages = {_name(self._path(file)): file for file in files}
        # Bounded, so a client that invents hosts only evicts entries.
        self.page = lru_cache(maxsize=256)(self._make_page)

    def advice(self, name: str) -> str:
        """Return the address of a page whose name is near, or of the list of the pages."""
        last = {page.rpartition("/")[2]: page for page in self.pages}
        near = get_close_matches(name.rpartition("/")[2], last, n=1, cutoff=_NEAR)
        return f"did you mean {_url('', last[near[0]])}?" if near else "/guide lists the pages"

    def _path(self, file: Path) -> str:
        return str(file.relative_to(self._root))

    def _make_page(self, name: str, base: str) -> str:
        """Return the HTML of a page on the server with this URL."""
        file = self.pages[name]
        text = file.read_text().replace(_SHOWN_HOST, base)
        address = partial(self._address, base, self._path(file.parent))
        return guide_page(text, base, address, self._is_readable)

    def _address(self, base: str, folder: str, link: str) -> str | None:
        path, _, fragment = link.partition("#")
        if not path or "://" in path:
            return link
        target = _name(posixpath.normpath(posixpath.join(folder, path)))
        if target not in self.pages:
            return None
        return _url(base, target) + (f"#{fragment}" if fragment else "")


def _url(base: str, name: str) -> str:
    return f"{base}/guide/{name}".rstrip("/")


def _name(path: str) -> str:
    """Return the name of the page that is this file of the project."""
    name = path.removeprefix("docs/").removesuffix(".md").removesuffix("README")
    return name.removesuffix("/").lower()

"""Ask the API in this process, as a client asks it over HTTP."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, urlencode

import httpx
from anyio.to_thread import run_sync
from starlette.types import ASGIApp

from app.reading.log import seq_before_newest
from app.reading.parameters.changes import ChosenChanges
from app.tables.database import Database
from app.tables.log import newest_seq

# The links of an answer are made here, so the address of the inner request does not matter.
_INSIDE: Final = "http://timeline.invalid"
_NOBODY: Final = ("127.0.0.1", 0)
# No page for people, and no compression within the process.
_PLAIN: Final = {"Accept": "application/json", "Accept-Encoding": "identity"}

# Query parameters by name, each with its values.
Query = Mapping[str, Iterable[str]]


class RefusedError(Exception):
    """A call that cannot be answered; the text says which value is wrong, and which would be right."""


@dataclass(frozen=True)
class Api:
    """The API of an application, asked for one state of the data.

    `client` and `headers` are the address and headers of the caller, for rate limits and the log.
    """

    app: ASGIApp
    database: Database
    # The URL above every path, as the caller sees it.
    base_url: str
    client: tuple[str, int] = _NOBODY
    headers: Mapping[str, str] = field(default_factory=dict)
    # The state to read; empty reads the present one.
    as_of: str = ""
    # The state that links name; empty if nothing was ever written.
    pin: str = ""

    def at(self, as_of: str) -> "Api":
        """Return the API of a past state, to which links lead too."""
        return replace(self, as_of=as_of, pin=as_of)

    async def at_present(self) -> "Api":
        """Return the API of the present state, whose links name that state."""
        return replace(self, pin=await self.newest())

    async def newest(self) -> str:
        """Return the number of the newest change; empty without any."""
        return str(await run_sync(self.database.find, newest_seq) or "")

    async def before_newest(self, chosen: ChosenChanges, count: int) -> int:
        """Return the number after which the state that links name has so many chosen changes, or all."""
        end = int(self.pin)
        return await run_sync(
            self.database.find, lambda c: seq_before_newest(c, chosen, end, count)
        )

    async def get(self, path: str, query: Query | None = None) -> Any:
        """Return the JSON below `/v1`; raises RefusedError with the detail of a problem."""
        answer = await self.ask(path, query)
        if answer.status_code != HTTPStatus.OK:
            raise RefusedError(_detail(answer))
        return answer.json()

    async def ask(self, path: str, query: Query | None = None) -> httpx.Response:
        """Return the response of a path below `/v1`, whatever its status."""
        pairs = [(name, value) for name, values in (query or {}).items() for value in values]
        if self.as_of:
            pairs.append(("as_of", self.as_of))
        transport = httpx.ASGITransport(self.app, client=self.client)
        async with httpx.AsyncClient(
            transport=transport, base_url=_INSIDE, trust_env=False
        ) as client:
            return await client.get(
                f"/v1/{quote(path)}?{urlencode(pairs)}", headers={**self.headers, **_PLAIN}
            )

    def page(self, path: str, query: Query | None = None, language: str = "en") -> str:
        """Return the URL of a page for people, in the state that was read."""
        pairs = [(name, value) for name, values in (query or {}).items() for value in values]
        if self.pin:
            pairs.append(("as_of", self.pin))
        asked = f"?{urlencode(pairs)}" if pairs else ""
        return f"{self.base_url}/{language}/{path}{asked}"


def _detail(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered with the status {answer.status_code}"

"""An answer is of one state, also if a write falls between the requests that it is made of."""

from dataclasses import dataclass, field
from typing import Any

import anyio
import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.mcp import door
from app.mcp.answers import Answer, Arguments
from app.mcp.arguments import AS_OF, object_schema
from app.mcp.asking import Api
from app.mcp.tools import Tool, call
from app.settings import Settings
from app.tables.database import Database

pytestmark = pytest.mark.sqlite


@dataclass(frozen=True)
class ChangingApi(Api):
    """An API whose newest change has these numbers, one after the other."""

    numbers: list[str] = field(default_factory=list)

    async def newest(self) -> str:
        """Return the next number."""
        return self.numbers.pop(0)


def asked_states(numbers: list[str], **arguments: str) -> tuple[list[str], Answer]:
    """Return the state that each run of a tool asked for, and the last answer."""
    asked = []

    async def answer(api: Api, _arguments: Arguments, _language: str) -> Answer:
        asked.append(api.as_of)
        return {"link": api.page("explore")}

    async def run() -> Answer:
        api: Any = ChangingApi(None, None, "https://example.org", numbers=numbers)  # type: ignore[arg-type]
        schema = object_schema({"as_of": AS_OF}, ())
        return await call(Tool("t", "T", "", schema, answer), api, arguments)

    found = anyio.run(run)
    return asked, found


def test_the_present_is_read_once() -> None:
    asked, answer = asked_states(["7", "7"])

    assert asked == [""]
    assert answer == {"link": "https://example.org/en/explore?as_of=7", "as_of": "7"}


def test_after_a_write_in_between_the_state_before_it_is_read() -> None:
    asked, answer = asked_states(["7", "9"])

    assert asked == ["", "7"]
    assert answer["as_of"] == "7"


def test_a_past_state_cannot_change() -> None:
    asked, answer = asked_states([], as_of="5")

    assert asked == ["5"]
    assert answer == {"link": "https://example.org/en/explore?as_of=5", "as_of": "5"}


def test_before_the_first_write_nothing_is_pinned() -> None:
    asked, answer = asked_states([""])

    assert asked == [""]
    assert answer == {"link": "https://example.org/en/explore", "as_of": ""}


def test_without_the_sdk_there_is_no_such_path(
    seeded_sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "is_installed", lambda: False)
    url = seeded_sqlite.url.render_as_string(hide_password=False)

    with TestClient(create_app(Settings(database_url=url))) as client:
        answer = client.post("/mcp", json={})

    assert answer.status_code == 404


def test_the_host_of_the_public_url_may_ask(seeded_sqlite: Database) -> None:
    url = seeded_sqlite.url.render_as_string(hide_password=False)
    settings = Settings(database_url=url, public_url="https://example.org/timeline")
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json"}

    with TestClient(create_app(settings)) as client:
        public = client.post("/mcp", json=message, headers={**accept, "Host": "example.org"})
        other = client.post("/mcp", json=message, headers={**accept, "Host": "example.com"})

    assert (public.status_code, other.status_code) == (200, 421)

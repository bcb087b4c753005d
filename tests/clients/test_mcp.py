"""docs/assistants.md: the SDK's client gets each answer, over both transports and forms of the protocol."""

import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal, TypeVar

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters, types
from mcp.shared.exceptions import MCPError

from app.settings import PROJECT_ROOT
from app.tables.database import Database
from tests.docs.pages import HOST
from tests.support.assistant_calls import CALLS, Call
from tests.support.servers import served

_T = TypeVar("_T")
pytestmark = [pytest.mark.clients, pytest.mark.sqlite]
_LINK = re.compile(r"http://127\.0\.0\.1:8000(/en/[^\"]*)")
# Negotiated, which finds the newest form, and the form with a handshake.
MODES: list[Literal["auto", "legacy"]] = ["auto", "legacy"]


@pytest.fixture(scope="module")
def server(seeded_sqlite: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server over the seeds."""
    past = tmp_path_factory.mktemp("past")
    url = seeded_sqlite.url.render_as_string(hide_password=False)
    # The page has the links of `make serve`.
    with served(url, past_folder=past, public_url=HOST) as (base, _):
        yield base


@asynccontextmanager
async def connected(
    transport: str, mode: Literal["auto", "legacy"], server: str, database: Database
) -> AsyncIterator[Client]:
    """Yield a client over a transport: `http` to the server, or `stdio` to a command."""
    if transport == "http":
        target: str | StdioServerParameters = f"{server}/mcp"
    else:
        url = database.url.render_as_string(hide_password=False)
        target = StdioServerParameters(
            command=sys.executable,
            args=["-m", "app", "mcp"],
            env={"TIMELINE_DATABASE_URL": url, "TIMELINE_PUBLIC_URL": HOST},
            cwd=PROJECT_ROOT,
        )
    async with Client(target, mode=mode, read_timeout_seconds=60) as client:
        yield client


async def ask(client: Client, call: Call) -> tuple[bool, str]:
    result = await client.call_tool(call.tool, json.loads(call.arguments))
    [content] = result.content
    assert isinstance(content, types.TextContent)
    return bool(result.is_error), content.text


def in_a_loop(work: Callable[[], Awaitable[_T]]) -> _T:
    """Return the result of the work in a separate thread: tests of pages leave a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, work).result()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("transport", ["http", "stdio"])
def test_each_call_gets_the_shown_answer(
    transport: str, mode: Literal["auto", "legacy"], server: str, seeded_sqlite: Database
) -> None:
    async def ask_all() -> dict[str, str]:
        wrong = {}
        async with connected(transport, mode, server, seeded_sqlite) as client:
            for call in CALLS:
                is_error, text = await ask(client, call)
                if not call.is_shown(is_error, text):
                    wrong[f"{call.tool} {call.arguments}"] = text
        return wrong

    assert len(CALLS) >= 14
    assert in_a_loop(ask_all) == {}


@pytest.mark.parametrize("transport", ["http", "stdio"])
def test_prompts_and_resources_come_through(
    transport: str, server: str, seeded_sqlite: Database
) -> None:
    async def read() -> tuple[Any, ...]:
        async with connected(transport, "auto", server, seeded_sqlite) as client:
            tools = await client.list_tools()
            prompt = await client.get_prompt("brief_me_on_a_topic", {"topic": "fisheries"})
            record = await client.read_resource("timeline://treaties/friendship-treaty-1961")
            past = await client.read_resource("timeline://places/moscow?as_of=3000")
            with pytest.raises(MCPError, match="there is no resource"):
                await client.read_resource("timeline://nothing")
            return tools, prompt, record, past

    tools, prompt, record, past = in_a_loop(read)

    assert len(tools.tools) == 8
    assert "Brief me on fisheries" in prompt.messages[0].content.text
    assert json.loads(record.contents[0].text)["id"] == "friendship-treaty-1961"
    assert json.loads(past.contents[0].text)["id"] == "moscow"


def test_each_link_leads_to_a_page(server: str) -> None:
    async def links() -> set[str]:
        found = set()
        async with Client(f"{server}/mcp") as client:
            for call in CALLS:
                _, text = await ask(client, call)
                found |= {*_LINK.findall(text)}
        return found

    paths = in_a_loop(links)
    example = "2024-06-18-putin-state-visit-dprk"
    answers = {
        path: httpx.get(server + path.replace("{id}", example), timeout=60) for path in paths
    }

    assert len(paths) > 10
    assert {path: a.status_code for path, a in answers.items() if a.status_code != 200} == {}


def test_the_command_needs_a_database(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "mcp"],
        cwd=PROJECT_ROOT,
        env={"TIMELINE_DATABASE_URL": f"sqlite:///{tmp_path}/none.db", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert "there is no database" in done.stderr

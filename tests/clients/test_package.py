"""docs/python.md: the client package as a wheel, its types, its programs and its patience."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import httpx
import pytest

from tests.clients.tools import CLIENTS, Server
from tests.docs.pages import DOCS, HOST
from tests.support.client_models import FILE, make_models
from tests.support.table_programs import command_of

PACKAGE = CLIENTS / "package"
PAGE = (DOCS / "python.md").read_text()
_PROGRAM = re.compile(r"^```python\n(.*?)^```\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = 120


class Program(NamedTuple):
    """A program of the page, and the output that the page shows."""

    text: str
    output: str


PROGRAMS = [Program(*found) for found in _PROGRAM.findall(PAGE)]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package, installed from its wheel."""
    folder = tmp_path_factory.mktemp("package")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    # A copy, because setuptools leaves its work beside the sources.
    source = folder / "source"
    subprocess.run(["cp", "-r", PACKAGE, source], check=True)
    wheel = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, source]
    subprocess.run(wheel, check=True, timeout=SECONDS)
    [built] = folder.glob("timeline_client-*.whl")
    target = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", target, built], check=True)
    return target


@pytest.mark.clients
class TestWheel:
    @pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.text[:60])
    def test_each_program_prints_the_output(
        self, program: Program, installed: Path, server: Server
    ) -> None:
        done = subprocess.run(
            [*command_of("python"), "-c", program.text.replace(HOST, server.url)],
            env={"PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

        assert done.returncode == 0, done.stderr
        assert done.stdout == program.output

    def test_the_programs_and_the_package_have_sound_types(
        self, installed: Path, tmp_path: Path
    ) -> None:
        for number, program in enumerate(PROGRAMS):
            (tmp_path / f"program_{number}.py").write_text(program.text)
        options: list[str | Path] = [
            "--strict",
            "--config-file=",
            "--cache-dir",
            tmp_path / "cache",
        ]
        # The stubs of pandas are a separate package.
        ignored = ["--disable-error-code", "import-untyped"]

        done = subprocess.run(
            [sys.executable, "-m", "mypy", *options, *ignored, installed / "timeline_client"]
            + [*tmp_path.glob("program_*.py")],
            env={"MYPYPATH": str(installed)},
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

        assert done.returncode == 0, done.stdout + done.stderr

    def test_a_frame_has_its_columns_whatever_it_holds(
        self, installed: Path, server: Server
    ) -> None:
        asked = "events(date=date).to_pandas().dtypes.to_dict()"
        program = f"""
from timeline_client import Timeline

with Timeline({server.url!r}) as timeline:
    none, some = [timeline.{asked} for date in ("1800", "2024")]
days = ("start_earliest", "start_latest", "end_earliest", "end_latest")
numbers = ("latitude", "longitude", "independent_sources")
print([*none] == [*some], all(none[each] == some[each] for each in (*days, *numbers)))
"""
        done = subprocess.run(
            [*command_of("python"), "-c", program],
            env={"PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

        assert done.stdout == "True True\n", done.stderr

    def test_the_wheel_says_that_it_is_typed(self, installed: Path) -> None:
        assert (installed / "timeline_client/py.typed").exists()


@pytest.mark.sqlite
def test_the_types_are_made_from_the_document() -> None:
    assert FILE.read_text() == make_models(), "run make examples"


@pytest.fixture(scope="module")
def client() -> Iterator[ModuleType]:
    """The module of the client, from its sources."""
    sys.path.insert(0, str(PACKAGE / "src"))
    spec = importlib.util.find_spec("timeline_client.client")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(PACKAGE / "src"))


@pytest.fixture
def waits(client: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the client waited, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr(client.time, "sleep", waited.append)
    return waited


def answering(client: ModuleType, answer: Callable[[httpx.Request], httpx.Response]) -> Any:
    return client.Timeline("https://example.org/t", transport=httpx.MockTransport(answer))


@pytest.mark.sqlite
class TestPatience:
    def test_the_server_says_how_long_to_wait(self, client: ModuleType, waits: list[float]) -> None:
        answers = [
            httpx.Response(503, headers={"Retry-After": "2"}),
            httpx.Response(429, headers={"Retry-After": "900"}),
            httpx.Response(200, json={"id": "x"}),
        ]

        found = answering(client, lambda _: answers.pop(0)).event("x")

        assert found == {"id": "x"}
        assert waits == [2, 60]

    def test_a_lost_connection_is_tried_five_times(
        self, client: ModuleType, waits: list[float]
    ) -> None:
        asked = []

        def fail(request: httpx.Request) -> httpx.Response:
            asked.append(request.url)
            raise httpx.ConnectError("refused")

        with pytest.raises(httpx.ConnectError):
            answering(client, fail).event("x")

        assert len(asked) == 5
        # Half a second, doubled each time, and up to half as much more.
        assert [wait // least for wait, least in zip(waits, (0.5, 1, 2, 4), strict=True)] == [1] * 4

    def test_a_refusal_is_not_repeated(self, client: ModuleType, waits: list[float]) -> None:
        problem = {"type": "/problems/not-found", "detail": "there is no event", "errors": []}
        timeline = answering(client, lambda _: httpx.Response(404, json=problem))

        with pytest.raises(client.TimelineError) as refused:
            timeline.event("x")

        assert str(refused.value) == "404 /problems/not-found: there is no event"
        assert waits == []

    def test_an_answer_of_a_proxy_is_an_error_too(
        self, client: ModuleType, waits: list[float]
    ) -> None:
        timeline = answering(client, lambda _: httpx.Response(502, text="<html>Bad gateway"))

        with pytest.raises(client.TimelineError, match="the server answered with the status 502"):
            timeline.event("x")

        assert waits == []


@pytest.mark.sqlite
class TestRequests:
    def test_each_page_is_the_next_of_the_one_before(self, client: ModuleType) -> None:
        asked = []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(str(request.url))
            following = (
                None if "cursor" in asked[-1] else "https://example.org/t/v1/events?cursor=b"
            )
            return httpx.Response(200, json={"items": [len(asked)], "page": {"next": following}})

        events = answering(client, answer).events(type=["visit", "call"], top=True)

        assert [*events] == [1, 2]
        assert asked == [
            "https://example.org/t/v1/events?limit=200&type=visit&type=call&top=true",
            "https://example.org/t/v1/events?cursor=b",
        ]

    # A 0 is sent too, so that the server refuses it: it must not mean the present.
    @pytest.mark.parametrize("as_of", [7, 0])
    def test_every_request_is_about_one_state(self, client: ModuleType, as_of: int) -> None:
        asked = []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(request.url.query.decode())
            return httpx.Response(200, json={})

        transport = httpx.MockTransport(answer)
        with client.Timeline("https://example.org", as_of=as_of, transport=transport) as timeline:
            timeline.event("x")
            timeline.histogram()

        assert asked == [f"as_of={as_of}", f"interval=year&as_of={as_of}"]

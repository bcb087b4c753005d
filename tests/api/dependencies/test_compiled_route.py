"""A compiled route behaves as the framework's: each test runs with both kinds of route."""

import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Body, Depends, FastAPI, Header, Path, Query, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from app.api.dependencies.compiled_route import CompiledRoute
from app.api.routes import ROUTES
from app.api.runtime.short_reads import ShortReads
from app.settings import PROJECT_ROOT

# They answer with something other than a response, or set headers of the framework's.
SERVED_BY_THE_FRAMEWORK = {"get_health", "get_problem_type", "get_readiness", "list_vocabularies"}


class Choice(BaseModel):
    """A query model."""

    word: list[Annotated[str, Field(max_length=5)]] = []
    limit: Annotated[int, Field(ge=0)] = 50


@pytest.fixture(params=[APIRoute, CompiledRoute])
def kind(request: pytest.FixtureRequest) -> type[APIRoute]:
    """Return a class of routes."""
    kind: type[APIRoute] = request.param
    return kind


@pytest.fixture
def log() -> list[str]:
    """Return the list to which the dependencies of a test add their calls."""
    return []


def serve(
    kind: type[APIRoute], endpoint: Callable[..., Any], path: str = "/", **options: Any
) -> TestClient:
    """Return a client of an application with one route of this kind."""
    router = APIRouter(route_class=kind, **options)
    router.get(path)(endpoint)
    app = FastAPI(routes=router.routes)
    app.state.short_reads = ShortReads(None)
    client = TestClient(app, raise_server_exceptions=False)
    assert (router.routes[0].app.__module__ == CompiledRoute.__module__) == (  # type: ignore[attr-defined]
        kind is CompiledRoute
    )
    return client


def test_all_reads_of_the_api_are_compiled() -> None:
    others = {
        route.name
        for route in ROUTES
        if isinstance(route, APIRoute)
        # Pages for people may answer in other ways.
        and route.include_in_schema
        and route.methods == {"GET"}
        and route.app.__module__ != CompiledRoute.__module__
    }

    assert others == SERVED_BY_THE_FRAMEWORK


def test_dependencies_are_called_once_each_and_in_order(
    kind: type[APIRoute], log: list[str]
) -> None:
    async def first(request: Request) -> None:
        log.append(f"first {request.url.path}")

    async def shared() -> str:
        log.append("shared")
        return "shared"

    def second(given: Annotated[str, Depends(shared)]) -> str:
        log.append(f"second of {given}")
        return "second"

    async def endpoint(
        one: Annotated[str, Depends(second)], other: Annotated[str, Depends(shared)]
    ) -> Response:
        log.append(f"endpoint of {one} and {other}")
        return Response()

    assert serve(kind, endpoint, dependencies=[Depends(first)]).get("/").status_code == 200
    assert log == ["first /", "shared", "second of shared", "endpoint of second and shared"]


def test_parameters_are_read_from_their_places(kind: type[APIRoute]) -> None:
    async def endpoint(
        number: Annotated[int, Path()],
        choice: Annotated[Choice, Query()],
        accept_language: Annotated[str, Header()] = "",
        last: Annotated[int, Header(alias="Last-Number")] = -1,
        before: Annotated[int, Query(alias="from")] = 0,
    ) -> Response:
        return Response(f"{number} {choice!r} {accept_language} {last} {before}")

    client = serve(kind, endpoint, "/{number}")
    headers = {"Accept-Language": "ko", "Last-Number": "7"}

    assert client.get("/3?word=a&word=b&from=4&from=5&limit=6", headers=headers).text == (
        "3 Choice(word=['a', 'b'], limit=6) ko 7 5"
    )
    assert client.get("/3", headers={"Accept-Language": ""}).text == (
        "3 Choice(word=[], limit=50)  -1 0"
    )


@pytest.mark.parametrize(
    "path", ["/x", "/1?limit=-1", "/1?word=a&word=abcdef", "/x?limit=y&word=abcdef", "/1?from=z"]
)
def test_every_invalid_parameter_is_named(path: str) -> None:
    def answer(kind: type[APIRoute]) -> Any:
        async def endpoint(
            number: Annotated[int, Path()],
            choice: Annotated[Choice, Query()],
            before: Annotated[int, Query(alias="from")] = 0,
        ) -> Response:
            raise AssertionError("the endpoint must not be called")

        answer = serve(kind, endpoint, "/{number}").get(path)
        return answer.status_code, answer.json()

    status, problem = answer(CompiledRoute)

    assert status == 422
    assert (status, problem) == answer(APIRoute)


def test_a_missing_parameter_is_named() -> None:
    def answer(kind: type[APIRoute]) -> Any:
        async def endpoint(before: int) -> Response:
            raise AssertionError("the endpoint must not be called")

        return serve(kind, endpoint).get("/").json()

    assert answer(CompiledRoute) == answer(APIRoute)


def test_a_dependency_that_refuses_comes_before_invalid_parameters(
    kind: type[APIRoute], log: list[str]
) -> None:
    async def refuse() -> None:
        log.append("refuse")
        raise PermissionError

    async def endpoint(choice: Annotated[Choice, Query()]) -> Response:
        raise AssertionError("the endpoint must not be called")

    assert serve(kind, endpoint, dependencies=[Depends(refuse)]).get("/?limit=x").status_code == 500
    assert log == ["refuse"]


@pytest.mark.parametrize("fails", [False, True])
def test_a_generator_ends_before_the_response_is_sent(
    kind: type[APIRoute], log: list[str], fails: bool
) -> None:
    class Noting(Response):
        async def __call__(self, *arguments: Any) -> None:
            log.append("sent")
            await super().__call__(*arguments)

    async def slot() -> AsyncIterator[str]:
        try:
            yield "slot"
        except ValueError:
            log.append("failed")
            raise
        finally:
            log.append("freed")

    def endpoint(held: Annotated[str, Depends(slot, scope="function")]) -> Response:
        log.append(held)
        if fails:
            raise ValueError
        return Noting()

    answer = serve(kind, endpoint).get("/")

    assert answer.status_code == (500 if fails else 200)
    assert log == (["slot", "failed", "freed"] if fails else ["slot", "freed", "sent"])


def test_a_generator_ends_when_a_later_dependency_fails(
    kind: type[APIRoute], log: list[str]
) -> None:
    async def slot() -> AsyncIterator[None]:
        try:
            yield
        finally:
            log.append("freed")

    async def fail() -> None:
        raise ValueError

    async def endpoint() -> Response:
        raise AssertionError("the endpoint must not be called")

    dependencies = [Depends(slot, scope="function"), Depends(fail)]

    assert serve(kind, endpoint, dependencies=dependencies).get("/").status_code == 500
    assert log == ["freed"]


def test_only_functions_that_may_wait_run_in_threads(kind: type[APIRoute]) -> None:
    async def of_loop() -> int:
        return threading.get_ident()

    def of_thread(loop: Annotated[int, Depends(of_loop)]) -> Response:
        return Response(str(threading.get_ident() == loop))

    async def of_loop_too(loop: Annotated[int, Depends(of_loop)]) -> Response:
        return Response(str(threading.get_ident() == loop))

    assert serve(kind, of_thread).get("/").text == "False"
    assert serve(kind, of_loop_too).get("/").text == "True"


def test_a_list_that_one_request_changes_is_empty_for_the_next(kind: type[APIRoute]) -> None:
    async def endpoint(choice: Annotated[Choice, Query()]) -> Response:
        choice.word.append("more")
        return Response(str(len(choice.word)))

    client = serve(kind, endpoint)

    assert [client.get("/").text for _ in range(3)] == ["1", "1", "1"]


async def _open() -> AsyncIterator[None]:
    yield


def _generate() -> Iterator[None]:
    yield


async def _returns_a_value() -> str:
    return "served"


async def _has_a_body(word: Annotated[str, Body()] = "served") -> Response:
    return Response(f'"{word}"')


async def _sets_headers(response: Response) -> Response:
    return Response('"served"')


async def _holds_until_sent(held: Annotated[None, Depends(_open)]) -> Response:
    return Response('"served"')


async def _holds_a_thread(held: Annotated[None, Depends(_generate)]) -> Response:
    return Response('"served"')


@pytest.mark.parametrize(
    "endpoint",
    [_returns_a_value, _has_a_body, _sets_headers, _holds_until_sent, _holds_a_thread],
)
def test_the_framework_serves_the_rest(endpoint: Callable[..., Any]) -> None:
    client = serve_any(endpoint)

    assert client.get("/").json() == "served"


def serve_any(endpoint: Callable[..., Any]) -> TestClient:
    """Return a client of a route that the framework serves."""
    router = APIRouter(route_class=CompiledRoute)
    router.get("/")(endpoint)
    [route] = router.routes
    assert isinstance(route, APIRoute)
    assert route.app.__module__ != CompiledRoute.__module__
    return TestClient(FastAPI(routes=router.routes))


def test_a_start_makes_no_route() -> None:
    code = (
        "from app.main import ROUTES, create_app\n"
        "from app.settings import Settings\n"
        "create_app(Settings(database_url='sqlite:////nowhere/none.db'))\n"
        "print(sum('dependant' in vars(route) for route in ROUTES), len(ROUTES) > 200)"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )

    assert result.stdout == "0 True\n"


def test_a_route_that_two_threads_ask_for_is_made_once() -> None:
    made = []

    class CountedRoute(CompiledRoute):
        """A route that notes when it is made."""

        def answering(self, framework: ASGIApp) -> ASGIApp:
            made.append(self.name)
            return super().answering(framework)

    route = CountedRoute("/", _read_slowly)
    with ThreadPoolExecutor(8) as threads:
        found = [*threads.map(lambda _: route.dependant, range(8))]

    assert made == ["_read_slowly"]
    assert all(each is found[0] for each in found)


def test_a_route_without_such_an_attribute_says_so() -> None:
    with pytest.raises(AttributeError, match="no_such"):
        _ = CompiledRoute("/", _read_slowly).no_such


def _read_slowly() -> Response:
    return Response()

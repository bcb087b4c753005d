"""A route that puts its dependencies in order when it is made, and not at each request."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction, signature
from threading import RLock
from typing import Any, Final, NamedTuple, get_origin

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.routing import Match, compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.http.request_state import request_state
from app.api.runtime.short_reads import ShortReads, is_brief

_Query = Mapping[str, list[str]]
# Reads the value of one argument; raises ValidationError or _InvalidError.
_Read = Callable[[Request, _Query], Any]
_Results = Mapping[Callable[..., Any], Any]
# Finds the text of a parameter by the place that the framework knows it from.
_FINDERS: Final[Mapping[str, Callable[[Request, _Query, str], Any]]] = {
    "path_params": lambda request, _, name: request.path_params.get(name),
    "query_params": lambda _, query, name: query[name][-1] if name in query else None,
    "header_params": lambda request, _, name: request.headers.get(name),
}
# Everything else that the framework can inject.
_UNKNOWN: Final = (
    "body_params",
    "cookie_params",
    "websocket_param_name",
    "http_connection_param_name",
    "response_param_name",
    "background_tasks_param_name",
    "security_scopes_param_name",
    "concurrency",
)

# Two threads may ask for a route at once.
_MAKING: Final = RLock()


class _InvalidError(Exception):
    """A parameter is invalid or missing."""


class _UnknownError(Exception):
    """Only the framework can serve this route."""


class _Step(NamedTuple):
    """A dependency, or at the end the route's function, with the sources of its arguments."""

    call: Callable[..., Any]
    # The same, or for a resource the function that returns its context manager.
    run: Callable[..., Any]
    # The arguments that are parameters, and those that are results of earlier steps, by name.
    reads: Sequence[tuple[str, _Read]]
    takes: Sequence[tuple[str, Callable[..., Any]]]
    request_name: str | None
    # How it is called; otherwise it runs in a thread.
    is_resource: bool
    is_coroutine: bool
    # It runs in the event loop, if nothing is in the way.
    is_brief: bool

    def read(self, request: Request, query: _Query) -> dict[str, Any]:
        """Return the arguments that are parameters."""
        return {name: read(request, query) for name, read in self.reads}

    def prepare(
        self, arguments: dict[str, Any], request: Request, results: _Results
    ) -> Callable[[], Any]:
        """Return the call with these arguments, the request and the results that it takes."""
        for name, call in self.takes:
            arguments[name] = results[call]
        if self.request_name:
            arguments[self.request_name] = request
        return partial(self.run, **arguments)


class CompiledRoute(APIRoute):
    """A route that is made at its first request, and costs a fifth of the framework's time.

    To make all routes takes a quarter of a start, and most processes answer few of them. Until its first
    request, a route has only its path, methods and name.

    For each request the framework walks the tree of dependencies, and looks at each field of each query
    model. Here the tree is walked once, and only the given parameters are looked at. Everything is
    declared as usual, so the OpenAPI document knows nothing of this.

    All parameters are read before anything is called. If one is invalid, the framework serves the request,
    and finds all errors. It also serves each route that writes or has anything that `_steps` refuses.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        self.path, self.endpoint = path, endpoint
        self.path_regex, self.path_format, self.param_convertors = compile_path(path)
        self._words = path.partition("{")[0]
        self.name = options.get("name") or endpoint.__name__
        self.methods = {*(options.get("methods") or ["GET"])}
        self.include_in_schema = options.get("include_in_schema", True)
        self._options = options

    def __getattr__(self, name: str) -> Any:
        """Make the route, because something that it does not have yet is asked for."""
        with _MAKING:
            options = self.__dict__.pop("_options", None)
            if options is not None:
                super().__init__(self.path, self.endpoint, **options)
                self.app = self.answering(self.app)
        return super().__getattribute__(name)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether the route serves the request. Of the routes before the right one few have its words."""
        # A root path may precede them.
        if self._words not in scope["path"]:
            return Match.NONE, {}
        return super().matches(scope)

    def answering(self, framework: ASGIApp) -> ASGIApp:
        """Return the application that answers the requests, given the one of the framework."""
        try:
            return self._compile(framework)
        except _UnknownError:
            return framework

    def _compile(self, framework: ASGIApp) -> ASGIApp:
        if self.methods != {"GET"} or signature(self.endpoint).return_annotation is not Response:
            raise _UnknownError
        # A dependency that several others have is called once.
        *dependencies, endpoint = {step.call: step for step in _steps(self.dependant)}.values()

        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            request = Request(scope, receive, send)
            query = _values(request)
            try:
                arguments = [step.read(request, query) for step in dependencies]
                last = endpoint.read(request, query)
            except (_InvalidError, ValidationError):
                await framework(scope, receive, send)
                return
            # A slot that a dependency holds is free before the response is sent.
            async with AsyncExitStack() as stack:
                results: dict[Callable[..., Any], Any] = {}
                for step, values in zip(dependencies, arguments, strict=True):
                    call = step.prepare(values, request, results)
                    results[step.call] = await _result(step, call, stack, scope)
                call = endpoint.prepare(last, request, results)
                response = await _result(endpoint, call, stack, scope)
            await response(scope, receive, send)

        return serve


def _values(request: Request) -> _Query:
    query: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        query.setdefault(name, []).append(value)
    return query


async def _result(step: _Step, call: Callable[[], Any], stack: AsyncExitStack, scope: Scope) -> Any:
    if step.is_resource:
        return await stack.enter_async_context(call())
    if step.is_coroutine:
        return await call()
    state = request_state(scope)
    short_reads: ShortReads = scope["app"].state.short_reads
    is_brief = step.is_brief and (not state.costly or state.counted)
    return await short_reads.run(call, is_brief=is_brief, is_costly=state.costly)


def _steps(dependant: Dependant) -> Iterator[_Step]:
    """Yield the steps of the dependencies, in the framework's order, and last the step of this one."""
    call = dependant.call
    is_open = isgeneratorfunction(call) or (
        isasyncgenfunction(call) and dependant.scope != "function"
    )
    if call is None or is_open or any(getattr(dependant, name) for name in _UNKNOWN):
        raise _UnknownError
    for each in dependant.dependencies:
        yield from _steps(each)
    takes = [(each.name, each.call) for each in dependant.dependencies if each.name and each.call]
    is_resource = isasyncgenfunction(call)
    yield _Step(
        call,
        asynccontextmanager(call) if is_resource else call,
        [*_reads(dependant)],
        takes,
        dependant.request_param_name,
        is_resource,
        iscoroutinefunction(call),
        is_brief(call),
    )


def _reads(dependant: Dependant) -> Iterator[tuple[str, _Read]]:
    for place, find in _FINDERS.items():
        for parameter in getattr(dependant, place):
            annotation = parameter.field_info.annotation
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):
                yield parameter.name, _model_reader(annotation)
            else:
                yield parameter.name, _reader(parameter, find)


def _model_reader(model: type[BaseModel]) -> _Read:
    """Return the function that reads a model whose fields are query parameters."""
    repeatable = {n: get_origin(f.annotation) is list for n, f in model.model_fields.items()}
    # A copy of a default takes longer than to validate a list without items.
    empty: dict[str, Any] = {n: [] for n, f in model.model_fields.items() if f.default == []}

    def read(_: Request, query: _Query) -> BaseModel:
        values = {
            name: query[name] if is_list else query[name][-1]
            for name, is_list in repeatable.items()
            if name in query
        }
        return model.model_validate({**empty, **values})

    return read


def _reader(parameter: Any, find: Callable[[Request, _Query, str], Any]) -> _Read:
    """Return the function that reads a parameter of one value."""
    default, alias = parameter.default, parameter.alias
    if get_origin(parameter.field_info.annotation) is list:
        raise _UnknownError

    def read(request: Request, query: _Query) -> Any:
        text = find(request, query, alias)
        if text is None and not parameter.field_info.is_required():
            return default
        value, errors = parameter.validate(text)
        if errors:
            raise _InvalidError
        return value

    return read

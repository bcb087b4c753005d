"""A route that reads its query models by one validator each, which is built once."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, get_origin

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]
# The place of the models in the scope of a request.
_MODELS = "timeline.query_models"


@dataclass(frozen=True)
class _QueryModel:
    """A parameter of a route whose fields are query parameters."""

    name: str
    model: type[BaseModel]
    # Whether each query parameter may be repeated, by its name.
    repeatable: Mapping[str, bool]

    def read(self, given: Mapping[str, list[str]]) -> BaseModel:
        """Return the model of a query; raises ValidationError."""
        values = {
            name: given[name] if repeatable else given[name][-1]
            for name, repeatable in self.repeatable.items()
            if name in given
        }
        return self.model.model_validate(values)


class QueryRoute(APIRoute):
    """A route whose query models cost a tenth of the framework's time.

    The framework looks at each field of each model for each request. Here only the given parameters are
    looked at. The models are declared as usual, so the OpenAPI document knows nothing of this; and if one
    of them is invalid, the framework reads everything again, and finds all errors.
    """

    def get_route_handler(self) -> _Handler:
        """Return the function that answers a request."""
        framework = super().get_route_handler()
        models = _query_models(self.dependant)
        if not models:
            return framework
        declared, self.dependant = self.dependant, _without_models(self.dependant, models)
        quick = super().get_route_handler()
        self.dependant = declared

        async def handle(request: Request) -> Response:
            given: dict[str, list[str]] = {}
            for name, value in request.query_params.multi_items():
                given.setdefault(name, []).append(value)
            try:
                request.scope[_MODELS] = {model.name: model.read(given) for model in models}
            except ValidationError:
                return await framework(request)
            return await quick(request)

        return handle


def _query_models(dependant: Dependant) -> list[_QueryModel]:
    return [
        _QueryModel(
            field.name,
            annotation,
            {n: get_origin(f.annotation) is list for n, f in annotation.model_fields.items()},
        )
        for field in dependant.query_params
        if isinstance(annotation := field.field_info.annotation, type)
        and issubclass(annotation, BaseModel)
    ]


def _without_models(dependant: Dependant, models: list[_QueryModel]) -> Dependant:
    """Return the dependencies that the framework still has to find, beside the models."""
    names = {model.name for model in models}
    found = Dependant(call=_found_models, name=_MODELS, request_param_name="request")
    return replace(
        dependant,
        query_params=[field for field in dependant.query_params if field.name not in names],
        dependencies=[*dependant.dependencies, found],
        call=_with_models(dependant.call),
    )


async def _found_models(request: Request) -> dict[str, BaseModel]:
    models: dict[str, BaseModel] = request.scope[_MODELS]
    return models


def _with_models(function: Callable[..., Any] | None) -> Callable[..., Any]:
    assert function is not None

    if iscoroutinefunction(function):

        @wraps(function)
        async def call_async(**values: Any) -> Any:
            return await function(**values.pop(_MODELS), **values)

        return call_async

    @wraps(function)
    def call(**values: Any) -> Any:
        return function(**values.pop(_MODELS), **values)

    return call

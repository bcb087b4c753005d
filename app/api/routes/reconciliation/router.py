"""Serve each path of the service below `/reconcile`, in English, and below each language."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request

from app.api.dependencies.compiled_route import CompiledRoute
from app.api.dependencies.methods import refuse_unsupported_methods
from app.api.http.urls import base_url

# It registers the languages of paths.
from app.api.routes.pages.router import PREFIX
from app.api.routes.reconciliation.messages import invalid
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.formats.pages.reconciliation.manifest import space_of
from app.formats.pages.site import STATE

_ROOT: Final = "/reconcile"
_Endpoint = Callable[..., Any]


async def _refuse_past_states(request: Request) -> None:
    """Refuse the parameters of a past state: a present answer would look like one of then.

    Raises InvalidParameter. The other parameters that this API does not know are ignored.
    """
    for name in STATE:
        if name in request.query_params:
            reason = "reconciliation answers about the present state only: leave it out, or ask "
            raise invalid(name, [f"{reason}/v1/resolve, which takes {name}"])


def make_service_router() -> APIRouter:
    """Return a router whose routes take parameters that they do not know.

    Clients send some that say nothing here, such as the `_` of jQuery.
    """
    return APIRouter(
        dependencies=[Depends(refuse_unsupported_methods), Depends(_refuse_past_states)],
        route_class=CompiledRoute,
        include_in_schema=False,
    )


def serve(router: APIRouter, path: str, *methods: str) -> Callable[[_Endpoint], _Endpoint]:
    """Return the decorator that serves a path in every language: by GET, or by these methods.

    The service itself is also served with a slash at its end, as people write addresses.
    """
    paths = [path] if path else ["", "/"]

    def add(endpoint: _Endpoint) -> _Endpoint:
        for prefix in (_ROOT, f"{PREFIX}{_ROOT}"):
            for each in paths:
                router.add_api_route(f"{prefix}{each}", endpoint, methods=[*methods] or ["GET"])
        return endpoint

    return add


async def _language(request: Request) -> Language:
    return Language(request.path_params.get("language", DEFAULT_LANGUAGE))


ServiceLanguage = Annotated[Language, Depends(_language)]


def service_url(request: Request, language: Language) -> str:
    """Return the URL of the service at which the request arrived."""
    named = "language" in request.path_params
    return f"{base_url(request)}{f'/{language}' if named else ''}{_ROOT}"


def id_space(request: Request) -> str:
    """Return the URL with which ids begin."""
    return space_of(base_url(request))

"""Answer with a page for people: HTML in the language of the path."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.convertors import StringConvertor, register_url_convertor

from app.api.dependencies.methods import refuse_unsupported_methods
from app.api.dependencies.parameters import refuse_undeclared
from app.api.dependencies.query_route import QueryRoute
from app.api.http.caching import cache_control
from app.api.http.pages import page_headers, site_of
from app.api.http.request_state import request_state
from app.domain.languages import Language
from app.formats.pages.environment import render
from app.formats.pages.site import Site

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class _LanguageConvertor(StringConvertor):
    regex = "|".join(Language)


register_url_convertor("language", _LanguageConvertor())
# The first segment of each page's path. Another word there is no page.
LanguagePath = Annotated[Language, Path(description="The language of the page.")]
PREFIX: Final = "/{language:language}"


class PageRoute(QueryRoute):
    """A route that answers a form with empty fields by the address without them.

    A browser sends every field of a form, and the API refuses parameters without a value.
    """

    def get_route_handler(self) -> _Handler:
        """Return the function that answers a request."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            if all(value for _, value in request.query_params.multi_items()):
                return await answer(request)
            return _without_empty(request)

        return handle


def make_page_router() -> APIRouter:
    """Return a router of pages, which the OpenAPI document leaves out."""
    return APIRouter(
        prefix=PREFIX,
        dependencies=[Depends(refuse_unsupported_methods), Depends(refuse_undeclared)],
        route_class=PageRoute,
        include_in_schema=False,
    )


def page(request: Request, language: Language, template: str, **values: Any) -> Response:
    """Answer with the page that a template makes of these values.

    A page about a past state is cached as any other: another version of the program makes another page.
    """
    request_state(request.scope).unchanging = False
    site = site_of(request, language)
    return HTMLResponse(render(template, site, **values), headers=page_headers(language))


def _without_empty(request: Request) -> Response:
    language = Language(request.path_params["language"])
    site = site_of(request, language)
    given = [pair for pair in site.pairs if pair[1]]
    url = Site(site.base, language, site.path, given).url
    seconds = request.app.state.settings.cache_seconds
    headers = {"Cache-Control": cache_control(seconds)}
    return RedirectResponse(url, status_code=HTTPStatus.SEE_OTHER, headers=headers)

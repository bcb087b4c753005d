"""Answer with a page for people: HTML in the language of the path."""

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.dependencies.compiled_route import CompiledRoute
from app.api.dependencies.methods import refuse_unsupported_methods
from app.api.dependencies.parameters import refuse_undeclared
from app.api.dependencies.state import write_end
from app.api.http.caching import cache_control
from app.api.http.pages import page_headers, site_of
from app.api.http.request_state import request_state
from app.domain.languages import Language
from app.formats.pages.environment import render
from app.formats.pages.head import Head
from app.formats.pages.site import Site


class _LanguageConvertor(StringConvertor):
    regex = "|".join(Language)


register_url_convertor("language", _LanguageConvertor())
# The first segment of each page's path. Another word there is no page.
LanguagePath = Annotated[Language, Path(description="The language of the page.")]
_PLAIN: Final = Head()
PREFIX: Final = "/{language:language}"


class PageRoute(CompiledRoute):
    """A route that answers a form with empty fields by the address without them.

    A browser sends every field of a form, and the API refuses parameters without a value.
    """

    def answering(self, framework: ASGIApp) -> ASGIApp:
        """Return the application of any other route, behind one that redirects."""
        return _without_empty_fields(super().answering(framework))


def make_page_router() -> APIRouter:
    """Return a router of pages, which the OpenAPI document leaves out."""
    return APIRouter(
        prefix=PREFIX,
        dependencies=[Depends(refuse_unsupported_methods), Depends(refuse_undeclared)],
        route_class=PageRoute,
        include_in_schema=False,
    )


def page(
    request: Request, language: Language, template: str, head: Head = _PLAIN, **values: Any
) -> Response:
    """Answer with the page that a template makes of these values.

    A page about a past state is cached as any other: another version of the program makes another page.
    """
    request_state(request.scope).unchanging = False
    site = site_of(request, language)
    html = render(template, site, head=head, write_end=write_end(request), **values)
    return HTMLResponse(html, headers=page_headers(language, scripted=bool(head.script)))


def _without_empty_fields(answer: ASGIApp) -> ASGIApp:
    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        if all(value for _, value in request.query_params.multi_items()):
            await answer(scope, receive, send)
            return
        await _redirect(request)(scope, receive, send)

    return serve


def redirect(request: Request, site: Site) -> Response:
    """Redirect to another page, as long as caches may keep any page."""
    headers = {"Cache-Control": cache_control(request.app.state.settings.cache_seconds)}
    return RedirectResponse(site.url, status_code=HTTPStatus.SEE_OTHER, headers=headers)


def _redirect(request: Request) -> Response:
    """Redirect to the same address without the parameters that have no value."""
    site = site_of(request, Language(request.path_params["language"]))
    return redirect(request, site.without_empty())

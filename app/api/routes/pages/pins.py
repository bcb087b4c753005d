"""Addresses that lead to a page: of a language, and of a page in the present state; and the state of proofs."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection
from starlette.routing import Match

from app.api.dependencies.compiled_route import CompiledRoute
from app.api.dependencies.methods import refuse_unsupported_methods
from app.api.dependencies.reader import PresentReaderDep, Reader, existing_document
from app.api.dependencies.state import write_end
from app.api.http.pages import site_of
from app.api.problems.catalogue import NotFound
from app.api.problems.missing import MovedError
from app.api.routes.pages.router import LanguagePath, PageRoute, redirect
from app.api.routes.pages.section import PageSection
from app.domain.vocabulary import KINDS_OF_COLLECTIONS
from app.formats.pages.site import STATE, Site
from app.reading.states import NoSuchStateError, newest_state

# It takes the parameters of any page, which then checks them.
router = APIRouter(
    dependencies=[Depends(refuse_unsupported_methods)],
    route_class=CompiledRoute,
    include_in_schema=False,
)


@router.get("/{language:language}")
@router.get("/{language:language}/")
async def open_language(language: LanguagePath, request: Request) -> Response:
    """Redirect to the list of events, with the same parameters."""
    return redirect(request, replace(site_of(request, language), path="/explore"))


@router.get("/{language:language}/{path:path}/")
async def open_without_slash(language: LanguagePath, path: str, request: Request) -> Response:
    """Redirect to the page without the slash at the end of the address, with the same parameters."""
    return redirect(request, replace(site_of(request, language), path=f"/{path.rstrip('/')}"))


@router.get("/pin/{language:language}/{path:path}")
def pin_page(language: LanguagePath, path: str, reader: PresentReaderDep) -> Response:
    """Redirect to the page in the present state, at an address that never changes its answer.

    Raises NotFound and Withdrawn as the page does, so that nobody keeps an address that leads to nothing.
    """
    site = replace(site_of(reader.request, language), path=f"/{path}")
    route = _page_at(reader.request, f"/{language}/{path}")
    if route is None:
        raise NotFound(f"there is no page at {site.in_language(language)}")
    if "as_of" not in reader.request.app.state.query_parameters[route.name]:
        raise NotFound(f"the page at {site.in_language(language)} has no past states")
    if not site.state:
        site = reader.find(lambda connection: _pinned(connection, site))
    # The next reader may see another state.
    return RedirectResponse(
        site.url, status_code=HTTPStatus.SEE_OTHER, headers={"Cache-Control": "no-cache"}
    )


def _page_at(request: Request, path: str) -> PageRoute | None:
    scope = {**request.scope, "path": f"{request.scope.get('root_path', '')}{path}"}
    routes = (
        each for of in request.app.routes if isinstance(of, PageSection) for each in of.routes
    )
    pages = (route for route in routes if isinstance(route, PageRoute))
    return next((page for page in pages if page.matches(scope)[0] is Match.FULL), None)


def _pinned(connection: Connection, site: Site) -> Site:
    """Return the page of an entity, or of its survivor, or another page, in the newest state."""
    pairs = [pair for pair in site.pairs if pair[0] not in (*STATE, "cursor")]
    collection, *rest = site.path.removeprefix("/").split("/")
    if collection in KINDS_OF_COLLECTIONS and len(rest) == 1:
        try:
            existing_document(connection, KINDS_OF_COLLECTIONS[collection], rest[0])
        except MovedError as moved:
            site = replace(site, path=f"/{collection}/{moved.survivor}")
    return replace(site, pairs=[*pairs, present_state(connection)])


def present_state(connection: Connection) -> tuple[str, str]:
    """Return the parameter that chooses the newest state; raises NotFound if nothing was ever written."""
    try:
        return "as_of", str(newest_state(connection).seq)
    except NoSuchStateError as error:
        raise NotFound(f"no state can be named: {error}") from None


def proof_parameters(reader: Reader) -> dict[str, Any]:
    """Return a parameter for the proof and the citation of a page, instead of the page's; often none.

    A page may show the data within a write. Proofs and citations can only be about the end of that write.
    """
    last = write_end(reader.request)
    return {} if last is None else {"as_of": last}

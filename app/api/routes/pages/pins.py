"""Addresses that lead to a page: of a language, and of a page in the present state; and the state of proofs."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from app.api.dependencies.compiled_route import CompiledRoute
from app.api.dependencies.methods import refuse_unsupported_methods
from app.api.dependencies.reader import PresentReaderDep, Reader
from app.api.dependencies.state import write_end
from app.api.http.pages import site_of
from app.api.problems.catalogue import NotFound
from app.api.routes.pages.router import LanguagePath, redirect
from app.formats.pages.site import STATE
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
    """Redirect to the page in the present state, at an address that never changes its answer."""
    site = replace(site_of(reader.request, language), path=f"/{path}")
    if not site.state:
        try:
            seq = reader.find(newest_state).seq
        except NoSuchStateError as error:
            raise NotFound(f"no state can be named: {error}") from None
        pairs = [pair for pair in site.pairs if pair[0] not in (*STATE, "cursor")]
        site = replace(site, pairs=[*pairs, ("as_of", str(seq))])
    # The next reader may see another state.
    return RedirectResponse(
        site.url, status_code=HTTPStatus.SEE_OTHER, headers={"Cache-Control": "no-cache"}
    )


def proof_parameters(reader: Reader) -> dict[str, Any]:
    """Return a parameter for the proof and the citation of a page, instead of the page's; often none.

    A page may show the data within a write. Proofs and citations can only be about the end of that write.
    """
    last = write_end(reader.request)
    return {} if last is None else {"as_of": last}

"""The page on which editors draft, correct, check and write events: the endpoints of the API do all of it."""

from fastapi import Request, Response

from app.api.http.pages import site_of
from app.api.routes.pages.router import LanguagePath, make_page_router, page
from app.formats.pages.explorer.desk_data import write_desk_data
from app.formats.pages.head import Head

router = make_page_router()


@router.get("/desk")
def show_desk(language: LanguagePath, request: Request) -> Response:
    """Show the desk. It has no data, so every visitor may open it; only a key writes."""
    site = site_of(request, language)
    head = Head(listed=False, script="desk.js")
    return page(request, language, "desk.html", head, desk=write_desk_data(site))

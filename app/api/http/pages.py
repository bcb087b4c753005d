"""Pages for people: their addresses, their headers, and who wants one."""

from http import HTTPStatus
from typing import Final

from fastapi import Request
from werkzeug.datastructures import LanguageAccept, MIMEAccept
from werkzeug.http import parse_accept_header

from app.api.http.urls import base_url, local_path
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.formats.pages.site import Site

# Longer than the header of any browser. Of a longer header only this part is parsed.
_MAX_ACCEPT: Final = 1000
_JSON: Final = "application/json"
_HTML: Final = "text/html"
# Nothing is loaded from elsewhere, and no script runs. A `script` of JSON is data, which no policy governs.
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
)
# The page of the explorer runs its script, which asks this server for data.
_SCRIPT: Final = "script-src 'self'; connect-src 'self'"
_NOBODY: Final = "'none'"
_EMBED: Final = "embed"
# The beginnings of addresses that have a language in their second place.
_BEFORE: Final = (_EMBED, "pin")


def prefers_html(request: Request, *others: str) -> bool:
    """Return whether the client prefers HTML to JSON, as browsers do.

    `others` are the media types of JSON that the answer has, such as GeoJSON.
    """
    accepted = parse_accept_header(request.headers.get("accept", "")[:_MAX_ACCEPT], MIMEAccept)
    return bool(accepted.best_match([*others, _JSON, _HTML], default=_JSON) == _HTML)


def page_language(request: Request) -> Language | None:
    """Return the language of the page that the request asks for; None if it asks for no page."""
    # `OPTIONS *` has no slash.
    first, second = (*local_path(request).split("/")[1:3], "", "")[:2]
    wanted = second if first in _BEFORE else first
    return next((each for each in Language if each == wanted), None)


def preferred_language(accept: str) -> Language:
    """Return the language that an `Accept-Language` prefers (RFC 9110, lookup of RFC 4647).

    `fr-CA` asks for French. Of languages with the same quality the first in the header is preferred. The
    result is English if the header names no language of the timeline or cannot be parsed.
    """
    # Werkzeug compares whole tags first, so `fr-CA, en;q=0.5` would give English.
    accepted = parse_accept_header(accept[:_MAX_ACCEPT])
    ranges = [(tag.split("-")[0], quality) for tag, quality in accepted]
    # Of equal ones it would choose the first that is offered.
    named = [tag.lower() for tag, _ in ranges]
    offered = sorted(Language, key=lambda each: [*named, each].index(each))
    best = LanguageAccept(ranges).best_match(offered, default=DEFAULT_LANGUAGE)
    return Language(best)


def is_no_address(request: Request, status: int) -> bool:
    """Return whether nothing is at this address, which begins with no path of the API."""
    return status == HTTPStatus.NOT_FOUND and not local_path(request).startswith("/v1")


def is_embed(request: Request) -> bool:
    """Return whether the request asks for a page that other sites show in a frame."""
    return local_path(request).startswith(f"/{_EMBED}/")


def site_of(request: Request, language: Language) -> Site:
    """Return the addresses for a page in a language."""
    path = local_path(request).removeprefix(f"/{language}")
    return Site(base_url(request), language, path, request.query_params.multi_items())


def page_headers(
    language: Language, *, framed: bool = False, scripted: bool = False
) -> dict[str, str]:
    """Return the headers of a page.

    One that is framed may be shown within a page of another site, and one that is scripted may run scripts
    of this server.
    """
    frames = f"frame-ancestors {'*' if framed else _NOBODY}"
    return {
        "Content-Language": language,
        "Content-Security-Policy": "; ".join([_POLICY, frames, *([_SCRIPT] if scripted else [])]),
        "X-Content-Type-Options": "nosniff",
    }

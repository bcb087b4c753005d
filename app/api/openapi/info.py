"""The document's description of the API as a whole: title, introduction, licence and tags."""

from typing import Any

from app.domain import dataset

_DESCRIPTION = """
The timeline of diplomatic interactions between Russia (the USSR before it) and the DPRK: meetings,
visits, letters, treaties, calls, statements, ceremonies and appointments, with their participants
and the sources that prove them.

Reading needs no key. Every list answers `items` and `page`; `page.next` is the URL of the next page.
Dates are EDTF (ISO 8601-2); `date_bounds` gives the range of days that each may mean. Texts and names
come in several languages. Every error is a problem document (RFC 9457).

Enums may gain values and objects may gain keys: ignore the ones that you do not know. No other removal
or change of meaning happens without an entry under "Breaking" in the changelog. From version 1.0 on,
anything that will be removed is marked `deprecated` for a year first, and its answers carry the
headers `Deprecation` (RFC 9745) and `Sunset` (RFC 8594).
"""

_TAGS = {
    "events": "Dated interactions, with the sources that prove them.",
    "formats": "The same events in the formats of other programs.",
    "participants": "People, organisations and states.",
    "treaties": "Treaties and agreements, with their stages and period in force.",
    "places": "The places of events.",
    "offices": "The offices that people hold, with their ranks.",
    "sources": "Publications that report events.",
    "publishers": "The houses that publish the sources.",
    "tags": "The subjects of events.",
    "changes": "The log of every write, to follow and to mirror.",
    "imports": "Many records in one request.",
    "vocabularies": "The closed word lists, with labels.",
    "service": "The index of the API, its health, and the meaning of its problem types.",
}

# Arguments of the FastAPI application.
INFO: dict[str, Any] = {
    "title": dataset.TITLE,
    "summary": dataset.SUMMARY,
    "description": _DESCRIPTION,
    # No central server exists: each one has its own operator.
    "contact": {"name": "The operator of this server"},
    "license_info": {
        "name": "MIT (code), CC BY 4.0 (data)",
        "identifier": f"MIT AND {dataset.LICENCE}",
    },
    "openapi_tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
    "servers": [
        {
            "url": "http://127.0.0.1:8000",
            "description": "The default address of `timeline serve`.",
        }
    ],
}

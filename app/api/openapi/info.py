"""What the document says of the API as a whole."""

from typing import Any

from app.domain import dataset

_DESCRIPTION = """
The timeline of diplomatic interactions between Russia (the USSR before it) and the DPRK: meetings,
visits, letters, treaties, calls, statements, ceremonies and appointments, who took part in them,
and the sources that prove them.

Reading needs no key. Every list answers `items` and `page`; `page.next` is the URL of the next page.
Dates are EDTF (ISO 8601-2) with the days that they may mean in `date_bounds`. Texts and names come in
several languages. Enums may grow and objects may gain keys: tolerate what you do not know. Every
error is a problem document (RFC 9457).

Nothing else is taken away or changed in meaning without an entry under "Breaking" in the changelog.
From version 1.0 on, what is to go is `deprecated` for a year before, and says so in the headers
`Deprecation` (RFC 9745) and `Sunset` (RFC 8594).
"""

_TAGS = {
    "events": "Dated interactions, with the sources that prove them.",
    "formats": "The same events for other programs.",
    "participants": "People, organisations and states.",
    "treaties": "Instruments, their stages and period in force.",
    "places": "Where events took place.",
    "sources": "Publications that report events.",
    "changes": "The log of every write, to follow and to mirror.",
    "imports": "Many records in one request.",
    "vocabularies": "The closed word lists, with labels.",
    "service": "What there is, whether it is well, and what problems mean.",
}

# The arguments of the application that describe it.
INFO: dict[str, Any] = {
    "title": dataset.TITLE,
    "summary": dataset.SUMMARY,
    "description": _DESCRIPTION,
    # There is no one server: each has somebody who runs it.
    "contact": {"name": "Whoever runs this server"},
    "license_info": {
        "name": "MIT (code), CC BY 4.0 (data)",
        "identifier": f"MIT AND {dataset.LICENCE}",
    },
    "openapi_tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
    "servers": [
        {
            "url": "http://127.0.0.1:8000",
            "description": "Where `timeline serve` answers, if nothing else is said.",
        }
    ],
}

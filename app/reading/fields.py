"""Documents cut down to some of their keys."""

import json
from collections.abc import Collection
from dataclasses import replace

from app.documents.partial import EventField
from app.reading.paging import Listing


def only(listing: Listing, fields: Collection[EventField]) -> Listing:
    """The list with only these keys of each document, and its id; with no keys, as it is."""
    if not fields:
        return listing
    return replace(listing, render=lambda row: keep(listing.render(row), fields))


def keep(document: str, fields: Collection[EventField]) -> str:
    """The document with only these keys and its id, in its own order."""
    kept = {key: v for key, v in json.loads(document).items() if key in fields or key == "id"}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

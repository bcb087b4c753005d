"""The preview of an entity: a small page for a frame beside a table."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.documents.reconciliation.properties import NAMES, PropertyId, PropertyValues
from app.documents.reconciliation.types import EntityId
from app.domain.date_text import date_text
from app.domain.languages import Language
from app.formats.pages.environment import render
from app.formats.pages.reconciliation.answers import description_of
from app.formats.pages.site import Site

# The properties that it shows, beside the document.
PREVIEWED: Final = (*NAMES, PropertyId.ALIAS, PropertyId.OFFICE, PropertyId.EVENTS)
_MOST_POSITIONS: Final = 4
_MOST_NAMES: Final = 8


def write_preview(
    site: Site,
    id_: EntityId,
    document: Mapping[str, Any],
    values: Mapping[PropertyId, PropertyValues],
    referred: Mapping[EntityId, Mapping[str, Any]],
) -> str:
    """Return the page of an entity; its links lead to the page of `site`, which has all of it."""
    names = [text for name in (*NAMES, PropertyId.ALIAS) for text in values[name].texts]
    positions = [*_positions(site.language, document.get("positions", ()), referred)]
    return render(
        "preview.html",
        site,
        names=document["names"],
        description=description_of(site.language, id_.kind, document),
        other_names=[*dict.fromkeys(names)][:_MOST_NAMES],
        positions=positions[:_MOST_POSITIONS],
        events=int(sum(values[PropertyId.EVENTS].numbers)),
    )


def _positions(
    language: Language, positions: Any, referred: Mapping[EntityId, Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, str], str]]:
    """Yield the names of each office, and from when to when it was held in words."""
    names = {id_.slug: document["names"] for id_, document in referred.items()}
    for each in positions:
        ends = [each["from"], each["to"]]
        period = " – ".join(date_text(language, end) if end else "…" for end in ends)
        yield names.get(each.get("office"), {"en": each["title"]}), period if any(ends) else ""

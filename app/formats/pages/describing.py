"""Short descriptions of entities in words, and the terms in an office."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from app.documents.entities import (
    Document,
    OfficeDocument,
    ParticipantDocument,
    PlaceDocument,
    PublisherDocument,
)
from app.documents.entities.participant import PositionDocument
from app.documents.entities.source import SourceFields
from app.documents.entities.treaty import InForce
from app.domain.date_text import date_text
from app.domain.dates import beginning_key
from app.domain.labels.countries import country_names
from app.domain.languages import Language, text_in
from app.formats.pages.catalogues import N_, catalogue
from app.formats.phrases import label

_BEGAN = N_("Entered into force: %(date)s.")
_ENDED = N_("Ended: %(date)s.")
_NO_BEGINNING = N_("Entry into force is not recorded.")
_NO_END = N_("No end is known.")
_UNKNOWN = N_("No stage says that it was in force, or that it never was.")


def source_title(language: Language, source: SourceFields) -> str:
    """Return the title of a source, or who published it and when."""
    if source.title:
        return source.title
    house = source.agency or source.publisher
    name = (
        text_in(language, house.name) if house else catalogue(language).gettext("Publisher unknown")
    )
    return f"{name}, {date_text(language, source.published)}" if source.published else name


class TermInOffice(NamedTuple):
    """A person, and the position in which the person held an office; None if an event alone says so."""

    holder: ParticipantDocument
    position: PositionDocument | None


def terms_of(office: str, holders: Iterable[ParticipantDocument]) -> list[TermInOffice]:
    """Return the terms of the holders in an office, the last begun first; unknown beginnings at the end.

    A holder without a position in the office has one term, of which nothing is known.
    """
    terms = [term for holder in holders for term in _terms_of_one(office, holder)]
    return sorted(terms, key=_begin, reverse=True)


def _terms_of_one(office: str, holder: ParticipantDocument) -> list[TermInOffice]:
    held = [TermInOffice(holder, each) for each in holder.positions if each.office == office]
    return held or [TermInOffice(holder, None)]


def _begin(term: TermInOffice) -> tuple[date, str]:
    return beginning_key(term.position.held_from if term.position else None)


def in_force(language: Language, force: InForce) -> str:
    """Return the time in force in sentences."""
    say = catalogue(language).gettext
    if not force.known:
        return say(_UNKNOWN)
    began = _dated(language, _BEGAN, force.since) or say(_NO_BEGINNING)
    ended = _dated(language, _ENDED, force.until) or say(_NO_END)
    return f"{began} {ended}"


def describe(language: Language, entity: Document) -> str:
    """Return the kind and the country of an entity, as far as it has them."""
    match entity:
        case ParticipantDocument() | PublisherDocument():
            parts = [label(language, entity.kind), _country(language, entity.country)]
        case OfficeDocument():
            parts = [label(language, entity.rank), _country(language, entity.country)]
        case PlaceDocument():
            parts = [_country(language, entity.country)]
        case _:
            parts = []
    return " · ".join(filter(None, parts))


def _country(language: Language, code: str | None) -> str:
    return text_in(language, country_names()[code]) if code else ""


def _dated(language: Language, sentence: str, edtf: str | None) -> str:
    if edtf is None:
        return ""
    return catalogue(language).gettext(sentence) % {"date": date_text(language, edtf)}

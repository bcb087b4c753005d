"""RIS: one field a line, in UTF-8 without a byte order mark, with which a reader loses the first entry."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.formats.citations.known_date import KnownDate
from app.formats.citations.reference import BibliographicReference, Genre, one_line

_TYPES: Final = {
    Genre.NEWS_ARTICLE: "NEWS",
    Genre.WEB_PAGE: "ELEC",
    # RIS has no type for a document of an archive: it is read on a site, as a page.
    Genre.ARCHIVE_DOCUMENT: "ELEC",
    Genre.DOCUMENT: "GEN",
    Genre.DATASET: "DATA",
}
# The fourth part of a date may name the season.
_SEASONS: Final = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}


def write_ris(references: Iterable[BibliographicReference]) -> Iterator[bytes]:
    """Yield each reference as a record of RIS."""
    for reference in references:
        lines = [f"{tag}  - {one_line(text)}\r\n" for tag, text in _fields(reference)]
        yield "".join([*lines, "ER  - \r\n\r\n"]).encode()


def _fields(reference: BibliographicReference) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[reference.genre]
    yield "ID", reference.key
    yield "TI", reference.title
    if reference.author is not None:
        # A comma at the end marks the name of an organisation, which readers divide otherwise.
        yield "AU", f"{one_line(reference.author.replace(',', ''))},"
    if reference.container is not None:
        yield "PB" if reference.genre is Genre.DATASET else "T2", reference.container
    if reference.published is not None:
        yield from _date(reference.published)
    if reference.version is not None and reference.genre is Genre.DATASET:
        yield "ET", reference.version
    yield "LA", reference.language
    if reference.url is not None:
        # In RIS a semicolon divides addresses.
        yield "UR", reference.url.replace(";", "%3B")
    if reference.abstract is not None:
        yield "AB", reference.abstract
    # Of several notes or addresses a reader may keep the last alone.
    if (note := reference.note_or_copy) is not None:
        yield "N1", note


def _date(known: KnownDate) -> Iterator[tuple[str, str]]:
    parts = known.common_parts()
    if not parts:
        return
    year, month, day = (*map("{:02}".format, parts), "", "")[:3]
    season = _SEASONS[known.single.season] if known.single and known.single.season else ""
    yield "PY", f"{int(year):04}"
    yield "DA", f"{int(year):04}/{month}/{day}/{season}"

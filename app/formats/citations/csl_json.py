"""CSL-JSON, valid against version 1.0.2 of its schema."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.formats.citations.known_date import KnownDate
from app.formats.citations.reference import BibliographicReference, Genre, one_line
from app.formats.json_objects import JsonObject, json_text, without_none

_TYPES: Final = {
    Genre.NEWS_ARTICLE: "article-newspaper",
    Genre.WEB_PAGE: "webpage",
    Genre.ARCHIVE_DOCUMENT: "document",
    Genre.DOCUMENT: "document",
    Genre.DATASET: "dataset",
}
_CONTAINERS: Final = {Genre.ARCHIVE_DOCUMENT: "archive", Genre.DATASET: "publisher"}


def write_csl_json(references: Iterable[BibliographicReference]) -> Iterator[bytes]:
    """Yield a list with an item on each line."""
    yield b"["
    for number, reference in enumerate(references):
        yield (b",\n" if number else b"\n") + json_text(_item(reference)).encode()
    yield b"\n]\n"


def _item(reference: BibliographicReference) -> JsonObject:
    return without_none(
        {
            "id": reference.key,
            "type": _TYPES[reference.genre],
            "title": one_line(reference.title),
            "author": _author(reference.author),
            _CONTAINERS.get(reference.genre, "container-title"): _line(reference.container),
            "issued": _date(reference.published),
            "event-date": _date(reference.event_date),
            "version": _line(reference.version),
            "language": reference.language,
            "URL": reference.url,
            "abstract": _line(reference.abstract),
            "note": _line(reference.note_or_copy),
        }
    )


def _author(name: str | None) -> list[JsonObject] | None:
    """Return the name as a whole, which no reader divides into given name and family name."""
    return None if name is None else [{"literal": one_line(name)}]


def _date(known: KnownDate | None) -> JsonObject | None:
    """Return the date, or None for an open beginning: CSL cannot express one."""
    if known is None or known.start is None:
        return None
    parts = [known.start.parts]
    if known.single is None:
        # Readers take a second date of 0 for an open end.
        parts.append(known.end.parts if known.end else (0,))
    season = known.single.season if known.single else None
    return without_none(
        {
            "date-parts": parts,
            "season": None if season is None else season - 20,
            "circa": True if known.doubtful else None,
        }
    )


def _line(text: str | None) -> str | None:
    return None if text is None else one_line(text)

"""BibLaTeX: dates in EDTF, texts in UTF-8 with the characters of TeX escaped, URLs as they are."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from app.formats.citations.reference import BibliographicReference, Genre, one_line

_TYPES: Final = {
    Genre.NEWS_ARTICLE: "article",
    Genre.WEB_PAGE: "online",
    Genre.ARCHIVE_DOCUMENT: "online",
    Genre.DOCUMENT: "misc",
    Genre.DATASET: "dataset",
}
_CONTAINERS: Final = {Genre.NEWS_ARTICLE: "journaltitle", Genre.DATASET: "publisher"}
_ESCAPES: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_{}"},
}
# BibTeX counts braces even after a backslash, so only pairs may be written so. Few readers but TeX know
# the names of single braces.
_SINGLE: Final = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
# Two characters that TeX would join: -- is a dash, `` and '' are quotation marks.
_JOINED: Final = ("--", "''", "``", "<<", ">>", ",,", (r"\?", "`"), "!`")
_LIGATURES: Final = re.compile("|".join(f"(?<={a})(?={b})" for a, b in _JOINED))
# The names of languages in babel. A language without one has no `langid`.
_LANGUAGES: Final = {
    "ar": "arabic",
    "cs": "czech",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fa": "persian",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "no": "norsk",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "ta": "tamil",
    "uk": "ukrainian",
    "vi": "vietnamese",
    "zh": "chinese",
}


def write_bibtex(references: Iterable[BibliographicReference]) -> Iterator[bytes]:
    """Yield each reference as an entry of BibLaTeX."""
    for reference in references:
        lines = [f"  {name} = {{{value}}},\n" for name, value in _fields(reference)]
        head = f"@{_TYPES[reference.genre]}{{{reference.key},\n"
        yield "".join([head, *lines, "}\n\n"]).encode()


def _fields(reference: BibliographicReference) -> Iterator[tuple[str, str]]:
    # The second braces keep styles from changing the case of names, and from dividing an author.
    yield "title", f"{{{_escape(reference.title)}}}"
    if reference.author is not None:
        yield "author", f"{{{_escape(reference.author)}}}"
    if reference.published is not None:
        yield "date", reference.published.edtf()
    if reference.event_date is not None:
        yield "eventdate", reference.event_date.edtf()
    if reference.container is not None:
        field = _CONTAINERS.get(reference.genre, "organization")
        yield field, f"{{{_escape(reference.container)}}}"
    if reference.genre is Genre.NEWS_ARTICLE:
        yield "entrysubtype", "newspaper"
    if reference.version is not None:
        yield "version", _escape(reference.version)
    if reference.url is not None:
        yield "url", reference.url
    if (language := _LANGUAGES.get(reference.language)) is not None:
        yield "langid", language
    if reference.archived_url is not None:
        yield "note", _escape(f"Archived copy: {reference.archived_url}")
    if reference.abstract is not None:
        yield "abstract", _escape(reference.abstract)
    if reference.note is not None:
        yield "annotation", _escape(reference.note)


def _escape(text: str) -> str:
    line = one_line(text)
    table = str.maketrans(_ESCAPES if _is_paired(line) else {**_ESCAPES, **_SINGLE})
    return "{}".join(part.translate(table) for part in _LIGATURES.split(line))


def _is_paired(line: str) -> bool:
    """Return whether each brace has its partner."""
    depths = [*accumulate((each == "{") - (each == "}") for each in line)]
    return not depths or (min(depths) >= 0 and depths[-1] == 0)

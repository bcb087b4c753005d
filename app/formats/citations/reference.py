"""A reference: one work as a bibliography lists it, before it is written in a format."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.languages import Language
from app.formats.citations.known_date import KnownDate

# Spaces, and every character at which a program may end a line.
_BREAKS: Final = re.compile("[ \t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")


class Genre(StrEnum):
    """The kind of a work, as far as the record says it."""

    NEWS_ARTICLE = "news_article"
    WEB_PAGE = "web_page"
    ARCHIVE_DOCUMENT = "archive_document"
    DOCUMENT = "document"
    DATASET = "dataset"


@dataclass(frozen=True)
class BibliographicReference:
    """A work with the facts that the record states; an unknown fact is None.

    `author` and `container` are names of organisations, never of people: a reader must not split
    them. `container` is the paper, site, archive or timeline in which the work appeared.
    """

    key: str
    genre: Genre
    title: str
    language: Language | str
    author: str | None = None
    container: str | None = None
    published: KnownDate | None = None
    event_date: KnownDate | None = None
    url: str | None = None
    archived_url: str | None = None
    version: str | None = None
    abstract: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def note(self) -> str | None:
        """All notes in one text; None without any."""
        return ". ".join(self.notes) or None

    @property
    def note_or_copy(self) -> str | None:
        """All notes in one text, or the address of the archived copy of a work, which has no notes."""
        if self.archived_url is None:
            return self.note
        # Readers take a label of one word for the name of a variable.
        return f"Archived copy: {self.archived_url}"


def one_line(text: str) -> str:
    """Return the text on one line, with one space for each run of spaces and line breaks."""
    return _BREAKS.sub(" ", text).strip()

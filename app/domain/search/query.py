"""What a reader asks for in `q`: words, phrases, and what is not to be there."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.domain.search.tokens import phrase_tokens, word_stems

MAX_TERMS = 20

# Phones and word processors write these for a quotation mark.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
# What French puts before a word and English after it: `l'accord` and `Putin's` are one word each.
_PARTICLES = re.compile(r"^(?:[cdjlmnst]|qu)['’](?=\w)|(?<=\w)['’]s$", re.IGNORECASE)
_CHUNK = re.compile(r'(?P<not>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


class QueryError(ValueError):
    """A query that cannot be searched for; the message says why, and what would be right."""


class SearchTerm(NamedTuple):
    """One thing to find: words that follow one another, or as well any of the stems.

    If `open`, the last word may be but the beginning of one.
    """

    words: tuple[str, ...]
    open: bool
    stems: tuple[str, ...]


class SearchQuery(NamedTuple):
    """What must all be found, and of what nothing may be; at least one term in all."""

    wanted: tuple[SearchTerm, ...]
    unwanted: tuple[SearchTerm, ...]


def parse_query(text: str) -> SearchQuery:
    """The terms of a query; raises QueryError.

    What white space separates must all be there. `"…"` is a phrase of exact words, and one that
    is not closed goes on to the end; `-` before either excludes it. A word is found by its stems
    too, without an article or preposition before its apostrophe (`l'accord`) or an `'s` after it;
    what yields several words (`Son-hui`) is a phrase of them. What yields none is passed over.
    """
    found = [*_terms(text.translate(_QUOTES))]
    if not found:
        raise QueryError("there is no letter or digit to search for")
    if len(found) > MAX_TERMS:
        raise QueryError(f"at most {MAX_TERMS} words and phrases can be searched for at once")
    return SearchQuery(
        tuple(term for excluded, term in found if not excluded),
        tuple(term for excluded, term in found if excluded),
    )


def _terms(text: str) -> Iterator[tuple[bool, SearchTerm]]:
    for chunk in _CHUNK.finditer(text):
        quoted = chunk["phrase"] is not None
        searched = chunk["phrase"] if quoted else _PARTICLES.sub("", chunk["word"])
        words, is_open = phrase_tokens(searched)
        if words:
            stems = () if quoted or len(words) > 1 else word_stems(searched)
            yield bool(chunk["not"]), SearchTerm(words, is_open, stems)

"""The full-text query of the parameter `q`: words, phrases and exclusions."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.domain.search.tokens import phrase_tokens, word_stems

MAX_TERMS = 20

# Phones and word processors write these for a quotation mark.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
# French elisions and English genitives are not searched: `l'accord` is accord, `Putin's` is putin.
_PARTICLES = re.compile(r"^(?:[cdjlmnst]|qu)['’](?=\w)|(?<=\w)['’]s$", re.IGNORECASE)
_CHUNK = re.compile(r'(?P<not>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


class QueryError(ValueError):
    """A query that cannot be searched for. The message names the mistake and the limit."""


class SearchTerm(NamedTuple):
    """One term of a query: it matches the consecutive words, or any one of the stems.

    If `open`, the last word also matches longer words that begin with it.
    """

    words: tuple[str, ...]
    open: bool
    stems: tuple[str, ...]


class SearchQuery(NamedTuple):
    """The terms that an event must have, and must not have; at least one in all."""

    required: tuple[SearchTerm, ...]
    excluded: tuple[SearchTerm, ...]


def parse_query(text: str) -> SearchQuery:
    """Parse a query into its terms. Raises QueryError for no term or more than MAX_TERMS.

    White space separates terms, and an event must have them all. `"…"` is a phrase of exact words;
    an unclosed quote extends to the end. `-` before a term excludes it. A word also matches by its
    stems, without an elided article before it (`l'accord`) or an `'s` after it. A term that holds
    several words (`Son-hui`) is a phrase; a term that holds none is ignored.
    """
    terms = [*_terms(text.translate(_QUOTES))]
    if not terms:
        raise QueryError("there is no letter or digit to search for")
    if len(terms) > MAX_TERMS:
        raise QueryError(f"at most {MAX_TERMS} words and phrases can be searched for at once")
    return SearchQuery(
        tuple(term for excluded, term in terms if not excluded),
        tuple(term for excluded, term in terms if excluded),
    )


def _terms(text: str) -> Iterator[tuple[bool, SearchTerm]]:
    """Yield each term, with whether it is excluded."""
    for chunk in _CHUNK.finditer(text):
        quoted = chunk["phrase"] is not None
        phrase = chunk["phrase"] if quoted else _PARTICLES.sub("", chunk["word"])
        words, is_open = phrase_tokens(phrase)
        if words:
            stems = () if quoted or len(words) > 1 else word_stems(phrase)
            yield bool(chunk["not"]), SearchTerm(words, is_open, stems)

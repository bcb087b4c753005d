"""The full-text query of the parameter `q`: words, phrases, fields, alternatives and exclusions."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

from app.domain.names.folding import INVISIBLE
from app.domain.names.hangul import is_hangul
from app.domain.names.look_alikes import in_one_script
from app.domain.search.asked_countries import (
    VISIT,
    country_at,
    hyphenated_at,
    pair_at,
    visited_at,
    without_dots_in_pairs,
)
from app.domain.search.asked_dates import AskedDate, find_date
from app.domain.search.asked_periods import MOST_WORDS, find_period
from app.domain.search.date_words import full_month, is_date
from app.domain.search.function_words import function_words, korean_names
from app.domain.search.irregular import number_forms, other_forms
from app.domain.search.korean import (
    bases,
    verbal_noun,
    with_same_meaning,
    without_particle_of_date,
    without_particles,
)
from app.domain.search.tokens import (
    ACRONYM,
    DENSE,
    compound_stems,
    country_token,
    phrase_tokens,
    runs_of,
    whole_word,
    without_elision,
    word_stems,
)

MAX_TERMS = 20
# The fields of the index, by their names in a query.
FIELDS: Final = {"title": "title", "name": "names", "summary": "text"}

# Phones and word processors write these for a quotation mark.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
OPERATORS: Final = frozenset(["AND", "NOT", "OR"])
# A field is a chunk before its word or phrase: `title:Putin`, `title: -"Liberation Day"`.
CHUNK: Final = re.compile(
    r'(?P<not>-?)(?:(?P<field>title|name|summary):|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))',
    re.IGNORECASE,
)
# Other characters separate words, except between digits: `2024.06.19` is a phrase.
_WITHIN = rf"[\w\-\u2010\u2011'’ʼ{INVISIBLE}\u0300-\u036f]"
_PIECE = re.compile(rf"{ACRONYM}|(?:{_WITHIN}|(?<=\d)[^\s*](?=\d))+\*?")
# A hyphen beside Hangul or Han separates words too.
_DENSE_HYPHEN = re.compile(rf"(?<=[{DENSE}])-|-(?=[{DENSE}])")


class QueryError(ValueError):
    """A query that cannot be searched for. The message names the mistake and the limit."""


class TermPhrase(NamedTuple):
    """Consecutive words, in any field of an event or in one.

    If `open`, the last word also matches longer words that begin with it.
    """

    words: tuple[str, ...]
    open: bool = False
    field: str | None = None


class SearchTerm(NamedTuple):
    """One term of a query: an event matches it that has any one of the phrases. A stem is a phrase.

    A term is `beside` the subject if it is a date or a country: titles leave these out.
    """

    phrases: tuple[TermPhrase, ...]
    beside: bool = False


class SearchQuery(NamedTuple):
    """The terms that an event must have, and must not have; at least one in all."""

    required: tuple[SearchTerm, ...]
    excluded: tuple[SearchTerm, ...]


class _Piece(NamedTuple):
    """A word or phrase of a query, as typed. `word` is folded, and empty for a phrase, a prefix or an initial.

    `country` is the code of the country that the text names, and `date` is the date that it is.
    """

    text: str
    quoted: bool = False
    excluded: bool = False
    field: str | None = None
    word: str = ""
    country: str | None = None
    date: AskedDate | None = None


_OR: Final = _Piece("OR")


# A request parses its query when it is validated, and again for each condition.
@lru_cache(maxsize=256)
def parse_query(text: str) -> SearchQuery:
    """Parse a query into its terms. Raises QueryError for no term or more than MAX_TERMS.

    White space and punctuation separate terms, and an event must have them all. `"…"` is a phrase of
    exact words; an unclosed quote extends to the end. `-` or `NOT` before a term excludes it. `OR`
    between two terms requires one of them. `title:`, `name:` and `summary:` name the field of a term.
    `*` ends the beginning of a word. A word also matches by its stems, without an elided article before
    it (`l'accord`) or an `'s` after it. Function words are ignored, unless the query has no other word.
    A date of several words is one term. The name of a country also matches the events in which it took part,
    or that happened in it.
    """
    text = readable(text)
    searched = _without_function_words([*_pieces(text)]) or [*_operators(text)]
    if not searched:
        raise QueryError("there is no letter or digit to search for")
    if sum(piece is not _OR for piece in searched) > MAX_TERMS:
        raise QueryError(f"at most {MAX_TERMS} words and phrases can be searched for at once")
    searched = [*_with_countries([*_with_dates(searched)])]
    return SearchQuery(
        tuple(_alternatives(searched)),
        tuple(_term(piece) for piece in searched if piece.excluded),
    )


def readable(text: str) -> str:
    """Return the query in NFC, with one kind of quotation mark, and each word in one script."""
    return in_one_script(unicodedata.normalize("NFC", text).translate(_QUOTES))


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield the pieces that have a letter or digit, and the operator OR."""
    excluded, field = False, None
    chunks = [*CHUNK.finditer(text)]
    of_period = 0
    for place, chunk in enumerate(chunks):
        if place < of_period:
            continue
        if not (excluded or field) and (
            date := find_period(_plain_words(chunks[place : place + MOST_WORDS]))
        ):
            of_period = place + date.size
            yield _Piece(text[chunk.start() : chunks[of_period - 1].end()], date=date)
            continue
        if not chunk["not"] and chunk["word"] in OPERATORS:
            excluded = chunk["word"] == "NOT"
            if chunk["word"] == "OR":
                yield _OR
            continue
        excluded = excluded or bool(chunk["not"])
        if chunk["field"]:
            field = FIELDS[chunk["field"].lower()]
            continue
        if chunk["phrase"] is not None:
            pieces: Iterable[_Piece] = [_Piece(chunk["phrase"], quoted=True)]
        else:
            # Texts have `북·러`: an exact search of them needs the dot.
            is_exact = excluded or field
            word = chunk["word"] if is_exact else without_dots_in_pairs(chunk["word"])
            pieces = _pieces_of(word, whole=excluded)
        for piece in pieces:
            if runs_of(piece.text):
                yield piece._replace(excluded=excluded, field=field)
        excluded, field = False, None


def _plain_words(chunks: Sequence[re.Match[str]]) -> list[str]:
    """Return the words with which the chunks begin, without operators, phrases, fields and exclusions."""
    plain = takewhile(lambda c: c["word"] and not c["not"] and c["word"] not in OPERATORS, chunks)
    return [chunk["word"] for chunk in plain]


def _operators(text: str) -> Iterator[_Piece]:
    """Yield the operators as words, for a query that has no other word."""
    for chunk in CHUNK.finditer(text):
        if chunk["word"] in OPERATORS:
            yield from _pieces_of(chunk["word"], whole=False)


def _pieces_of(chunk: str, *, whole: bool) -> Iterator[_Piece]:
    """Yield the words of a chunk; the `whole` chunk is one piece, to be excluded."""
    if whole:
        yield _Piece(without_elision(chunk.rstrip(".,;:!?)")))
        return
    for found in _PIECE.finditer(chunk):
        is_initial = len(found[0]) == 1 and chunk[found.end() :].startswith(".")
        for part in _DENSE_HYPHEN.split(found[0]):
            text = without_elision(part)
            runs = runs_of(text)
            is_word = len(runs) == 1 and not is_initial and not text.endswith("*")
            word = runs[0] if is_word else text.lower() if len(runs) > 1 else ""
            yield _Piece(text, word=word)


def _without_function_words(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return the pieces to search for; function words, if there are no others."""
    pieces = _with_given_names(pieces)
    words = [piece for piece in pieces if piece is not _OR]
    flags = function_words(["" if p.excluded or p.field else p.word for p in words])
    dropped = {id(piece) for piece, flag in zip(words, flags, strict=True) if flag}
    return [p for p in pieces if id(p) not in dropped] if len(dropped) < len(words) else words


def _with_given_names(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return the pieces, with one for the two syllables of a Korean given name: `Kim Jong Il` is `Kim Jong-Il`.

    As words, `il` and `un` are in nearly every French text.
    """
    joined = [*pieces]
    words = ["" if piece.excluded or piece.field else piece.word for piece in pieces]
    for start in reversed([*korean_names(words)]):
        family, *given = pieces[start : start + 3]
        text = "-".join(piece.text for piece in given)
        joined[start : start + 3] = [family._replace(word=""), _Piece(text, word=text.lower())]
    return joined


def _with_dates(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Yield the pieces, with one piece for the words of a date: `19 June 2024`, `2024년 6월`, `1950s`."""
    rest = [*pieces]
    while rest:
        words = [each.text for each in _words_in_a_row(rest)]
        if found := find_date(words):
            text = " ".join(words[: found.size])
            yield rest[0]._replace(text=text, date=found)
            del rest[: found.size]
        else:
            yield rest.pop(0)


def _with_countries(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Yield the pieces, with one piece for the words that name a country: `North Korea`, `Corée du Nord`.

    `북러` and `Russia-DPRK` name two, and `방북` is a visit to one, unless they are excluded or beside OR, whose term is one piece.
    """
    rest, before = [*pieces], None
    while rest:
        first, words = rest[0], [each.text for each in _words_in_a_row(rest)]
        divides = not first.excluded and before is not _OR and _OR not in rest[1 : len(words) + 1]
        size, country = country_at(words)
        joined = hyphenated_at(words) if divides else None
        if joined and joined.place >= size - 1:
            at = rest[joined.place]
            rest[joined.place : joined.place + 1] = [at._replace(text=p) for p in joined.parts]
            continue
        if size:
            yield first._replace(text=" ".join(words[:size]), country=country)
            del rest[:size]
        elif divides and words and (pair := pair_at(words[0])):
            yield from (first._replace(text=pair.text, country=each) for each in pair.countries)
            if pair.rest:
                yield first._replace(text=pair.rest)
            del rest[0]
        elif divides and words and (visited := visited_at(words[0])):
            yield first._replace(text=VISIT)
            yield first._replace(country=visited)
            del rest[0]
        else:
            yield rest.pop(0)
        before = first


def _words_in_a_row(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Yield the first pieces, which together may be a date or a name; an excluded one stands alone."""
    first = pieces[0]
    for piece in pieces[:1] if first.excluded else pieces:
        is_word = piece is not _OR and not (piece.quoted or piece.date or piece.text.endswith("*"))
        same = (piece.excluded, piece.field) == (first.excluded, first.field)
        if not (is_word and same and piece.field in (None, "names")):
            return
        yield piece


def _alternatives(pieces: Iterable[_Piece]) -> Iterator[SearchTerm]:
    """Yield the required terms; those that OR joins are one term."""
    term: SearchTerm | None = None
    joined = False
    for piece in pieces:
        if piece is _OR:
            joined = True
        elif not piece.excluded:
            other = _term(piece)
            if term and joined:
                other = SearchTerm(term.phrases + other.phrases, term.beside and other.beside)
            elif term:
                yield term
            term, joined = other, False
    if term:
        yield term


def _term(piece: _Piece) -> SearchTerm:
    of_event = piece.date is not None and piece.date.of_event
    forms = () if of_event else _exact(piece) if piece.quoted else _forms(piece.text)
    phrases = dict.fromkeys(forms)
    if piece.country:
        phrases[_stem(country_token(piece.country))] = None
    is_beside = bool(piece.country or piece.date or is_date(piece.text))
    beside = is_beside and piece.field is None
    found = [phrase._replace(field=piece.field) for phrase in phrases]
    if piece.date:
        found += _of_date(piece.date, piece.field)
    return SearchTerm(tuple(dict.fromkeys(found)), beside)


def _of_date(date: AskedDate, field: str | None) -> Iterator[TermPhrase]:
    field = field or (FIELDS["name"] if date.of_event else None)
    yield from (TermPhrase(words, field=field) for words in date.phrases)
    yield from (TermPhrase((digits,), open=True, field=field) for digits in date.beginnings)


def _exact(piece: _Piece) -> list[TermPhrase]:
    runs = runs_of(piece.text)
    if len(runs) == 1 and is_hangul(runs[0]):
        return [_stem(whole_word(runs[0]))]
    return [TermPhrase(*phrase_tokens(piece.text))]


def _forms(text: str) -> Iterator[TermPhrase]:
    """Yield the text itself, and its other forms."""
    runs = runs_of(text)
    if text.endswith("*"):
        yield TermPhrase(phrase_tokens(text).words, open=True)
    elif len(runs) == 1 and is_hangul(runs[0]):
        for word in with_same_meaning(without_particles(runs[0])):
            yield TermPhrase(*phrase_tokens(word))
            yield from (_stem(whole_word(each)) for each in bases(word))
        if noun := verbal_noun(runs[0]):
            yield TermPhrase(*phrase_tokens(noun))
    elif len(runs) == 1:
        others = other_forms(runs[0])
        for word in filter(None, (text, full_month(runs[0]))):
            yield TermPhrase(*phrase_tokens(word))
            if not others.whole:
                yield from map(_stem, word_stems(word))
        yield from map(_stem, others.tokens)
    else:
        text = without_particle_of_date(text)
        yield TermPhrase(*phrase_tokens(text))
        if re.fullmatch(ACRONYM, text):
            yield _stem("".join(runs))
        yield from map(_stem, compound_stems(text))
        yield from map(TermPhrase, number_forms(text))


def _stem(token: str) -> TermPhrase:
    return TermPhrase((token,))

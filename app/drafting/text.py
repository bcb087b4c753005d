"""An article's text as tokens, sentences and clauses, with offsets in Unicode code points."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from app.domain.languages import Language
from app.drafting.languages import LanguageWords, fold_word

_WORD: Final = re.compile(r"[^\W_]+")
_ENDS: Final = frozenset(".!?…")
_CLOSERS: Final = frozenset("»”\"')]’’")
# A clause ends at these characters, and at a comma before one of the words of the language.
_STRONG: Final = frozenset(";:—–\n")
_OPENING_QUOTES: Final = frozenset("«“")
_CLOSING_QUOTES: Final = frozenset("»”")
_LONGEST_HEADING: Final = 14
_LONGEST_QUOTE: Final = 200
# The work in a sentence grows with the square of its length; a longer one is cut.
_LONGEST_SENTENCE: Final = 150


key_of = lru_cache(maxsize=1 << 15)(fold_word)


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters and digits; `before` is the text between it and the token before it."""

    start: int
    end: int
    text: str
    key: str
    before: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence: the numbers of its first token and of the one after its last."""

    first: int
    last: int
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its tokens by number, its paragraph, and its clauses."""

    first: int
    last: int
    paragraph: int
    heading: bool
    clauses: Sequence[Clause]


@dataclass(frozen=True)
class Article:
    """A text with its tokens and sentences."""

    text: str
    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    quoted: frozenset[int] = field(repr=False)

    @cached_property
    def keys(self) -> Sequence[str]:
        """The keys of the tokens."""
        return [token.key for token in self.tokens]

    @cached_property
    def _heads(self) -> list[int]:
        return [sentence.first for sentence in self.sentences]

    def sentence_of(self, token: int) -> int:
        """Return the number of the sentence that holds the token."""
        return bisect_right(self._heads, token) - 1


def read_article(text: str, words: LanguageWords) -> Article:
    """Return the article; any text can be read."""
    tokens = [*_tokens(text)]
    sentences = [*_sentences(text, tokens, words)]
    return Article(text, tokens, sentences, _quoted(tokens))


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    for match in _WORD.finditer(text):
        word = match[0]
        # Some characters fold to nothing; such a token could match no pattern.
        if key := key_of(word):
            yield Token(match.start(), match.end(), word, key, text[at : match.start()])
            at = match.end()


def _sentences(text: str, tokens: Sequence[Token], words: LanguageWords) -> Iterator[Sentence]:
    first, paragraph = 0, 0
    for n in range(1, len(tokens) + 1):
        at_end = n == len(tokens)
        if at_end or n - first >= _LONGEST_SENTENCE or _ends_before(tokens, n, words):
            yield _sentence(text, tokens, (first, n), paragraph, words)
            first = n
            if not at_end and "\n" in tokens[n].before:
                paragraph += 1


def _ends_before(tokens: Sequence[Token], n: int, words: LanguageWords) -> bool:
    token, last = tokens[n], tokens[n - 1]
    gap = token.before
    if "\n" in gap:
        return True
    if words.language is Language.KO and (_is_quoted(tokens, n) or _is_in_figures(tokens, n)):
        return False
    stop = next((i for i, c in enumerate(gap) if c in _ENDS), -1)
    if stop < 0 or not (gap[stop:].strip("".join(_ENDS | _CLOSERS)) or len(gap) > stop + 1):
        return False
    if not any(c.isspace() for c in gap[stop:]):
        return False
    if gap[stop] == "." and (
        len(last.text) == 1 and not last.text.isdigit() or last.key in words.abbreviations
    ):
        return False
    if (
        last.text.isdigit()
        and len(last.text) <= 2
        and gap[stop] == "."
        and token.key in words.month_numbers
    ):
        return False
    return not token.text[0].islower()


def _is_in_figures(tokens: Sequence[Token], n: int) -> bool:
    """Whether the token continues a date in figures: 2024. 11. 29."""
    return tokens[n].text.isdigit() and tokens[n - 1].text.isdigit() and tokens[n].before == ". "


def _is_quoted(tokens: Sequence[Token], n: int) -> bool:
    """Whether the token is within straight quotation marks, which open in its paragraph."""
    marks = 0
    for token in reversed(tokens[max(0, n - _LONGEST_QUOTE) : n + 1]):
        marks += token.before.rpartition("\n")[2].count('"')
        if "\n" in token.before:
            break
    return marks % 2 == 1


def _sentence(
    text: str, tokens: Sequence[Token], span: tuple[int, int], paragraph: int, words: LanguageWords
) -> Sentence:
    first, last = span
    ended = last < len(tokens) and any(c in _ENDS for c in tokens[last].before.split("\n")[0])
    ended = ended or (last == len(tokens) and any(c in _ENDS for c in text[tokens[-1].end :]))
    heading = not ended and last - first <= _LONGEST_HEADING and _alone(tokens, first, last)
    return Sentence(first, last, paragraph, heading, [*_clauses(tokens, first, last, words)])


def _alone(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the sentence is a paragraph alone."""
    begins = first == 0 or "\n" in tokens[first].before
    return begins and (last == len(tokens) or "\n" in tokens[last].before)


def _clauses(
    tokens: Sequence[Token], first: int, last: int, words: LanguageWords
) -> Iterator[Clause]:
    begun, relative = first, False
    for n in range(first + 1, last):
        gap = tokens[n].before
        comma = "," in gap
        opens = tokens[n].key in words.relatives
        if (
            not _STRONG.isdisjoint(gap)
            or (comma and (opens or relative or tokens[n].key in words.joints))
            or (
                words.clause_endings
                and tokens[n - 1].key.endswith(words.clause_endings)
                and not _counts(tokens, n - 1, words)
            )
        ):
            yield Clause(begun, n, relative)
            begun, relative = n, opens
    yield Clause(begun, last, relative)


def _counts(tokens: Sequence[Token], n: int, words: LanguageWords) -> bool:
    """Whether a number is before the word: `일주일 뒤` is a date, and `만난 뒤` the end of a clause."""
    return n > 0 and tokens[n - 1].key in words.numbers


def _quoted(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the numbers of the tokens within quotation marks that open and close differently."""
    quoted, depth = set[int](), 0
    for n, token in enumerate(tokens):
        for c in token.before:
            if c in _OPENING_QUOTES:
                depth = 1
            elif c in _CLOSING_QUOTES or c == "\n":
                depth = 0
        if depth:
            quoted.add(n)
    return frozenset(quoted)

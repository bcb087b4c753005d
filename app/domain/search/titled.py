"""Titles in a query that may be around a name: `President Putin`, `김정은 위원장`.

A title narrows a search to the texts that have it, though the reader means a person. Only stored names
tell whether the word beside a title is a name, and `reading/names/titled.py` asks for them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from app.domain.names.around.titles import is_beside_title, is_title, without_joined_title
from app.domain.names.hangul import is_hangul
from app.domain.search.function_words import function_words
from app.domain.search.korean import bases
from app.domain.search.plain_words import PlainWord, plain_words
from app.domain.search.tokens import runs_of

# The country after one of these is a place, and no part of a title: `в Россию председателя`.
_BEFORE_PLACES: Final = frozenset(
    [
        "to",
        "in",
        "at",
        "from",
        "into",
        "à",
        "en",
        "au",
        "aux",
        "dans",
        "в",
        "во",
        "на",
        "к",
        "ко",
        "из",
    ]
)
# They join names: `Putin and Marshal Kim`.
_CONJUNCTIONS: Final = frozenset(["and", "et", "и"])
_INITIAL: Final = re.compile(r"\w\.")
_NAME: Final = re.compile(r"[\w\-'’]{2,}")


class Titled(NamedTuple):
    """A span of a query that holds titles, and the words beside it that may be a name, in order."""

    start: int
    end: int
    names: tuple[str, ...]


def find_titled(query: str) -> list[Titled]:
    """Return the titles beside words of a readable query, in order.

    A title before a word counts in any script. One after it counts in Hangul, where it may be joined to
    the word, and after a comma. Phrases, fields and exclusions have no titles.
    """
    return [*chain.from_iterable(map(_titled, plain_words(query)))]


def _titled(words: Sequence[PlainWord]) -> Iterator[Titled]:
    begin = end_of_last = 0
    while (begin := _after_place(words, begin)) < len(words):
        end = _end_of_titles(words, begin)
        if end > begin:
            before, after = _name_before(words, begin), _name_after(words, end)
            yield from _beside(words[end_of_last : begin - 1], before)
            names = (*before, *after)
            yield Titled(words[begin].start, words[end - 1].end, names)
            end_of_last = end
        else:
            for titled in _joined(words[begin]):
                yield from _beside(words[end_of_last:begin], titled.names)
                yield titled
                end_of_last = begin + 1
        begin = max(end, begin + 1)


def _after_place(words: Sequence[PlainWord], begin: int) -> int:
    """Return the position after a preposition and the words of a place after it; `begin` without one."""
    if begin < len(words) and words[begin].text.lower() in _BEFORE_PLACES:
        begin += 1
        while (
            begin < len(words) and _is_around(words[begin].text) and not is_title(words[begin].text)
        ):
            begin += 1
    return begin


def _end_of_titles(words: Sequence[PlainWord], begin: int) -> int:
    """Return the end of the longest run of words from here that has a title, or `begin`."""
    end, has_title = begin, False
    while end < len(words) and _is_around(words[end].text):
        has_title = has_title or is_title(words[end].text)
        end += 1
    return end if has_title else begin


def _is_around(word: str) -> bool:
    is_around = is_title(word) or is_beside_title(word)
    return is_around and word.lower() not in _CONJUNCTIONS and not _INITIAL.fullmatch(word)


def _name_after(words: Sequence[PlainWord], end: int) -> list[str]:
    """Return the next word that may be a name; a single letter is an initial."""
    following = (name for word in words[end:] for name in _NAME.findall(word.text))
    name = next(following, "")
    return [name] if name and not any(function_words(runs_of(name))) else []


def _name_before(words: Sequence[PlainWord], begin: int) -> list[str]:
    """Return the word before the title at `begin`, if a title may follow it."""
    if begin > 0 and (words[begin - 1].ends_in_comma or is_hangul(words[begin].text)):
        return _NAME.findall(words[begin - 1].text)[-1:]
    return []


def _beside(words: Sequence[PlainWord], names: Sequence[str]) -> Iterator[Titled]:
    """Yield the country and the like before a name that a title follows: `북한 김정은 위원장`."""
    if names and words and is_hangul(words[-1].text) and is_beside_title(words[-1].text):
        yield Titled(words[-1].start, words[-1].end, (*names,))


def _joined(word: PlainWord) -> Iterator[Titled]:
    """Yield a title that ends this word in Hangul, with a particle or without."""
    for bare in (word.text, *bases(word.text)):
        for name in without_joined_title(bare):
            yield Titled(word.start + len(name), word.end, (name,))
            return

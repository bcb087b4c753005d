"""Find words in the text of an article, and say how the article differs from a quote."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import pairwise
from typing import Final, NamedTuple

_MAX_SHOWN: Final = 200
_MAX_FOUND: Final = 10_000
# Searching every span of a text of this length for a digest takes some 0.3 s.
_MAX_SEARCHED: Final = 300_000
# Words whose place was not recorded are searched for up to this length, from the start of each word.
_MAX_SOUGHT: Final = 500
_SPACE: Final = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]")
_QUOTATION: Final = frozenset("\"'`«»‹›‘’‚‛“”„‟「」『』《》〈〉＂＇ʼ′″")
_DASHES: Final = frozenset("-‐‑‒–—―−﹣－")
_BEGINNING: Final = re.compile(r"(?<!\w)\w|[^\w\s]")


class FoundSpan(NamedTuple):
    """A span of a text in code points; `end` is excluded."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"characters {self.start} to {self.end}"


def digest_of(words: str) -> str:
    """Return the SHA-256 of the words in UTF-8, in hexadecimal."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def find_all(text: str, words: str) -> list[FoundSpan]:
    """Return each span that has exactly these words, in order, up to 10,000; spans may overlap."""
    spans: list[FoundSpan] = []
    start = text.find(words)
    while start >= 0 and len(spans) < _MAX_FOUND:
        spans.append(FoundSpan(start, start + len(words)))
        start = text.find(words, start + 1)
    return spans


def find_digest(text: str, digest: str, length: int) -> list[FoundSpan]:
    """Return each span of this length whose words have the digest, in the first 300,000 characters."""
    starts = range(min(len(text) - length + 1, _MAX_SEARCHED))
    spans = (FoundSpan(start, start + length) for start in starts)
    return [span for span in spans if digest_of(text[slice(*span)]) == digest]


def seek_digest(text: str, digest: str) -> FoundSpan | None:
    """Return the first span whose words have the digest, of any length up to 500 characters.

    It begins where a word or a mark begins. 1,000 words take about half a second.
    """
    for match in _BEGINNING.finditer(text):
        start, grown = match.start(), sha256()
        for end, character in enumerate(text[start : start + _MAX_SOUGHT], start + 1):
            grown.update(character.encode("utf-8", "surrogatepass"))
            if grown.hexdigest() == digest:
                return FoundSpan(start, end)
    return None


def shown(words: str) -> str:
    """Return the words as a quoted text of JSON or YAML, shortened, with invisible characters escaped."""
    cut = words if len(words) <= _MAX_SHOWN else f"{words[: _MAX_SHOWN - 1]}…"
    return f'"{"".join(map(_escaped, cut))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    if character == " " or character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else character


def explain_absence(text: str, quote: str) -> str:
    """Return a sentence for a quote that the article does not have, with the nearest words that it has.

    They are sought in the first 300,000 characters, which takes a second at most.
    """
    text = text[:_MAX_SEARCHED]
    for names, likeness in _LIKENESSES:
        if own := _similar(text, quote, likeness):
            return (
                f"the quote differs from the article in {names}; the article has {shown(own)}: "
                "write exactly that"
            )
    if own := _common_beginning(text, quote):
        where = text.index(own)
        return (
            f"the article does not have this quote, only its beginning {shown(own)}, at character "
            f"{where}; there it goes on {shown(text[where + len(own) : where + len(own) + 40])}"
        )
    return "the article does not have this quote"


def _unspaced(character: str) -> str:
    return "" if _SPACE.match(character) else character


def _unmarked(character: str) -> str:
    return "" if character in _QUOTATION else character


def _undashed(character: str) -> str:
    return "" if character in _DASHES else character


def _folded(character: str) -> str:
    return unicodedata.normalize("NFKD", character).casefold()


def _plain(character: str) -> str:
    return _undashed(_unmarked(_unspaced(_folded(character))))


# Differences between texts, each with a function that removes it from a character.
_LIKENESSES: Final = (
    ("white space", _unspaced),
    ("quotation marks", _unmarked),
    ("white space and quotation marks", lambda c: _unmarked(_unspaced(c))),
    ("dashes", _undashed),
    ("capital letters or the form of its letters", _folded),
    ("white space, marks, capital letters or the form of its letters", _plain),
)


def _similar(text: str, quote: str, likeness: Callable[[str], str]) -> str:
    """Return the part of the text that is the same as the quote in this likeness; otherwise empty."""
    wanted = "".join(map(likeness, quote))
    pieces = [likeness(character) for character in text]
    found = "".join(pieces).find(wanted) if wanted else -1
    if found < 0:
        return ""
    kept = [(at, i) for at, i in _places(pieces)]
    start = next(i for (at, i), (after, _) in pairwise([*kept, (10**9, 0)]) if at <= found < after)
    end = next(i for at, i in reversed(kept) if at < found + len(wanted))
    # Marks that begin and end the quote are a part of it.
    while start and quote[0] in _QUOTATION and text[start - 1] in _QUOTATION:
        start -= 1
    while end + 1 < len(text) and quote[-1] in _QUOTATION and text[end + 1] in _QUOTATION:
        end += 1
    return text[start : end + 1]


def _places(pieces: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the place in the joined pieces, and the index, of each piece that is not empty."""
    place = 0
    for index, piece in enumerate(pieces):
        if piece:
            yield place, index
            place += len(piece)


def _common_beginning(text: str, quote: str) -> str:
    """Return the longest beginning of the quote that the text has; empty if it is short."""
    shortest, longest = 0, len(quote)
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        shortest, longest = (middle, longest) if quote[:middle] in text else (shortest, middle - 1)
    return quote[:shortest] if shortest >= max(8, len(quote) // 4) else ""

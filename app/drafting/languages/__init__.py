"""The words of a language that rules look for, from a TOML file for each language.

A pattern is a sequence of words: `sign*` is any word that begins so, `a|b` is either, and `~3` stands for
up to three words. Words are compared without case and accents.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from app.domain.languages import Language
from app.domain.names.folding import without_marks

_T = TypeVar("_T")

# Patterns are looked up by so many first letters.
_START: Final = 2
_NONE: Final[tuple[Any, ...]] = ()
# Days, weeks, months and years are counted up to this number of figures.
_MOST_COUNTED: Final = 60
# A pattern compares no more words than this with one place of a text.
_LONGEST_GAP: Final = 15


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a pattern: whole words, beginnings, and the most words that may come before it."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    gap: int

    def fits(self, key: str) -> bool:
        """Return whether the word of a text is this one."""
        return key in self.whole or (bool(self.beginnings) and key.startswith(self.beginnings))


Pattern = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell an act: its type, subtype, the frame of its roles, and which end of a journey it is."""

    type: str
    subtype: str
    frame: str
    edge: str
    number: int


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """The tables of a language. Single words are folded; `patterns` are looked up by their first word."""

    language: Language
    sets: Mapping[str, frozenset[str]]
    lists: Mapping[str, Sequence[str]]
    cues: "PatternIndex[Cue]"
    phrases: "PatternIndex[str]"
    counted: "PatternIndex[str]"
    numbers: Mapping[str, int]
    statuses: "PatternIndex[str]"
    countries: "PatternIndex[str]"
    posts: "PatternIndex[str]"
    others: "PatternIndex[str]"
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    ordinals: Mapping[str, int]
    clause_endings: tuple[str, ...]
    verb_links: tuple[str, ...]
    instruments: tuple[str, ...]
    letters: tuple[str, ...]
    belongings: tuple[str, ...]
    venues: tuple[str, ...]
    passives: tuple[str, ...]
    bodies: tuple[str, ...]
    past_endings: tuple[str, ...]
    future_endings: tuple[str, ...]
    decided_endings: tuple[str, ...]
    korean_posts: tuple[tuple[str, str], ...]
    places: Mapping[str, str]
    spellings: Mapping[str, str]

    def names_instrument(self, key: str) -> bool:
        """Return whether a word names an instrument that people sign; in Korean words are compounds."""
        if self.language is Language.KO:
            return any(name in key for name in self.instruments)
        return key.startswith(self.instruments)

    @property
    def abbreviations(self) -> frozenset[str]:
        """Words that a full stop shortens."""
        return self.sets["abbreviations"]

    @property
    def joints(self) -> frozenset[str]:
        """Words that begin a clause after a comma."""
        return self.sets["joints"]

    @property
    def relatives(self) -> frozenset[str]:
        """Words that begin a relative clause after a comma."""
        return self.sets["relatives"]

    @property
    def month_numbers(self) -> Mapping[str, int]:
        """The number of each month's names."""
        return self.months


class PatternIndex(Generic[_T]):
    """Patterns, each with its meaning, found by the first letters of their first word."""

    def __init__(self, patterns: Iterable[tuple[str, _T]]) -> None:
        self._by_start: dict[str, list[tuple[Pattern, _T]]] = {}
        # Most words of a text begin no pattern, and texts use the same words.
        self._beginning = lru_cache(maxsize=1 << 13)(self._patterns_from)
        for text, meaning in patterns:
            pattern = compile_pattern(text)
            first = pattern[0]
            for start in {word[:_START] for word in (*first.whole, *first.beginnings)}:
                self._by_start.setdefault(start, []).append((pattern, meaning))

    def find(self, keys: Sequence[str], at: int, last: int) -> list[tuple[int, _T]]:
        """Return each meaning whose pattern begins at a word, with the number of the word after it."""
        return [(words[-1] + 1, meaning) for words, meaning in self.find_words(keys, at, last)]

    def find_words(
        self, keys: Sequence[str], at: int, last: int
    ) -> list[tuple[tuple[int, ...], _T]]:
        """Return each meaning whose pattern begins at a word, with the numbers of the words that fit."""
        return [
            (words, meaning)
            for pattern, meaning in self._beginning(keys[at])
            if (words := _match(pattern, keys, at, last))
        ]

    def _patterns_from(self, key: str) -> tuple[tuple[Pattern, _T], ...]:
        """Return the patterns whose first word is this one."""
        patterns = self._by_start.get(key[:_START], _NONE)
        if len(key) >= _START:
            # Beginnings of one letter.
            patterns = (*patterns, *self._by_start.get(key[:1], _NONE))
        return tuple(each for each in patterns if each[0][0].fits(key))


def _match(pattern: Pattern, keys: Sequence[str], at: int, last: int) -> tuple[int, ...]:
    words = [at]
    for element in pattern[1:]:
        after = words[-1] + 1
        reach = range(after, min(after + element.gap + 1, last))
        fitting = next((n for n in reach if element.fits(keys[n])), None)
        if fitting is None:
            return ()
        words.append(fitting)
    return tuple(words)


def compile_pattern(text: str) -> Pattern:
    """Return the elements of a pattern; raises a ValueError for a gap at an end, or a long one."""
    elements, gap = list[Element](), 0
    for word in text.split():
        if word.startswith("~"):
            gap = int(word[1:])
            continue
        if gap > _LONGEST_GAP:
            raise ValueError(f"a gap has at most {_LONGEST_GAP} words: {text!r}")
        forms = [fold_word(form) for form in word.split("|")]
        elements.append(
            Element(
                frozenset(form for form in forms if not form.endswith("*")),
                tuple(form[:-1] for form in forms if form.endswith("*")),
                gap,
            )
        )
        gap = 0
    if gap or not elements:
        raise ValueError(f"a pattern begins and ends with a word: {text!r}")
    return tuple(elements)


def fold_word(word: str) -> str:
    """Return the word without case and accents, as texts are compared."""
    return without_marks(word.casefold())


@cache
def words_of(language: Language) -> LanguageWords:
    """Return the tables of a language, read once."""
    path = Path(__file__).with_name(f"{language}.toml")
    table = tomllib.loads(path.read_text("utf-8"))
    countries, people = table["countries"], table["people"]
    future, bare = table.get("future", {}), table.get("bare", {})
    numbers = {name: _numbers(rows) for name, rows in table["numbers"].items()}
    return LanguageWords(
        language=language,
        sets={
            k: frozenset(map(fold_word, v.split())) for k, v in table.items() if isinstance(v, str)
        }
        | {"bare": frozenset(map(fold_word, " ".join(bare.values()).split()))},
        lists={k: v for k, v in table.items() if isinstance(v, list) and k != "cue"},
        cues=PatternIndex(
            (_with_forms(pattern, future, bare), cue) for pattern, cue in _cues(table["cue"])
        ),
        phrases=PatternIndex((k, v) for k, v in table["phrases"].items()),
        counted=PatternIndex((_with_numbers(k, numbers), v) for k, v in table["counted"].items()),
        numbers={word: n for words in numbers.values() for word, n in words.items()},
        statuses=PatternIndex(
            [
                *((p, k) for k, v in table["status"].items() for p in v),
                *((form, "announced") for forms in future.values() for form in forms.split()),
            ]
        ),
        countries=PatternIndex(_countries(countries)),
        posts=PatternIndex(
            (word, kind)
            for kind, text in people.items()
            if kind != "others"
            for word in text.split()
        ),
        others=PatternIndex((word, "other") for word in people["others"].split()),
        months=_numbered(table["months"]),
        weekdays=_numbered(table["weekdays"], start=0),
        seasons=_numbered(table["seasons"], start=21),
        ordinals=_numbered(table.get("ordinals", [])),
        korean_posts=tuple(
            (kind, word.rstrip("*"))
            for kind, text in people.items()
            if kind != "others" and language == "ko"
            for word in text.split()
        ),
        places=table["places"],
        spellings=table.get("spellings", {}),
        clause_endings=tuple(table.get("clause_endings", "").split()),
        verb_links=tuple(table.get("verb_links", "").split()),
        letters=tuple(map(fold_word, table["letters"].split())),
        belongings=tuple(map(fold_word, table["belongings"].split())),
        venues=tuple(map(fold_word, table["venues"].split())),
        passives=tuple(map(fold_word, table.get("passives", "-").split())),
        bodies=tuple(map(fold_word, table["bodies"].split())),
        instruments=tuple(map(fold_word, table["instruments"].split())),
        past_endings=tuple(table.get("past_endings", "").split()),
        future_endings=tuple(map(fold_word, table.get("future_endings", "").split())),
        decided_endings=tuple(map(fold_word, table.get("decided_endings", "").split())),
    )


def _cues(rows: Sequence[Mapping[str, Any]]) -> Iterable[tuple[str, Cue]]:
    for number, row in enumerate(rows):
        cue = Cue(
            row["type"], row.get("subtype", ""), row.get("frame", ""), row.get("edge", ""), number
        )
        yield from ((pattern, cue) for pattern in row["words"])


def _with_forms(pattern: str, *tables: Mapping[str, str]) -> str:
    """Return the pattern with further forms of its verbs: each word of a table, and `|` and its forms."""
    return " ".join(
        "|".join(
            each
            for form in word.split("|")
            for each in (form, *(f for table in tables for f in table.get(form, "").split()))
        )
        for word in pattern.split()
    )


def _countries(table: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, value in table.items():
        country = name.removesuffix("_phrases")
        yield from ((p, country) for p in (value.split() if isinstance(value, str) else value))


def _numbers(rows: Mapping[str, Sequence[str]]) -> Mapping[str, int]:
    """Return the numbers of a table by their words and, with each of its endings, by their figures."""
    figures = {f"{n}{end}": n for end in rows["figures"] for n in range(1, _MOST_COUNTED + 1)}
    return {**figures, **_numbered(rows["words"])}


def _with_numbers(pattern: str, numbers: Mapping[str, Mapping[str, int]]) -> str:
    """Return the pattern with the words of the tables of numbers that it names: `<n> days ago`."""
    for name, words in numbers.items():
        pattern = pattern.replace(f"<{name}>", "|".join(words))
    return pattern


def _numbered(rows: Sequence[str], start: int = 1) -> Mapping[str, int]:
    return {fold_word(word): n for n, row in enumerate(rows, start) for word in row.split()}

"""EDTF dates in words, never more precise than is known: `9 or 10 February 2000`."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from app.domain.dates import Precision
from app.domain.languages import Language
from app.domain.values import LanguageMap

_OPEN: Final = ("", "..")
_Patterns = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _DateWords:
    """The words and patterns of a language, as `labels/dates.toml` describes them."""

    months: Sequence[str]
    seasons: Sequence[str]
    first_day: str
    doubtful: str
    alternatives: str
    several: str
    listed_day: str
    recurring_day: str
    listed_days: str
    listed_months: str
    plain: _Patterns
    unspecified: _Patterns
    about: _Patterns
    since: _Patterns
    until: _Patterns
    interval: _Patterns
    months_alone: Sequence[str] = ()
    months_of: Sequence[str] = ()
    seasons_of: Sequence[str] = ()


@cache
def _words() -> Mapping[Language, _DateWords]:
    path = files("app.domain.labels").joinpath("dates.toml")
    tables = tomllib.loads(path.read_text("utf-8"))
    return {language: _DateWords(**tables[language]) for language in Language}


class _Date(NamedTuple):
    """A date of one precision; the numbers that it lacks are 0."""

    precision: Precision
    mark: str
    year: int
    month: int = 0
    day: int = 0
    clock: str = ""


# The forms of a valid date without its mark. A season has the number of a month from 21 on.
_FORMS: Final = (
    (Precision.SECOND, re.compile(r"(\d{4})-(\d\d)-(\d\d)T(.+)")),
    (Precision.DAY, re.compile(r"(\d{4})-(\d\d)-(\d\d)")),
    (Precision.SEASON, re.compile(r"(\d{4})-(2[1-4])")),
    (Precision.MONTH, re.compile(r"(\d{4})-(\d\d)(?:-XX)?")),
    (Precision.YEAR, re.compile(r"(\d{4})(?:-XX){0,2}")),
    (Precision.DECADE, re.compile(r"(\d{3})X")),
    (Precision.CENTURY, re.compile(r"(\d\d)XX")),
)
# The form of a date without its day or month, and the name of its pattern.
_UNSPECIFIED: Final = {
    "0000-00-XX": "day_of_month",
    "0000-XX-XX": "day_of_year",
    "0000-XX": "month_of_year",
}
_DIGIT: Final = re.compile(r"\d")
_YEARS: Final = {Precision.DECADE: 10, Precision.CENTURY: 100}


@lru_cache(maxsize=4096)
def date_text(language: Language, edtf: str) -> str:
    """Return a valid EDTF date (`app.domain.dates`) in the words of a language.

    Approximate and uncertain dates say so. Both sides of an interval, and the days of a set, share
    their month and year if they can: `18–20 June 2024`.
    """
    words = _words()[language]
    match edtf[:1] + edtf[-1:]:
        case "[]":
            return _set(words, edtf, words.alternatives)
        case "{}":
            return _set(words, edtf, words.several)
    start, slash, end = edtf.partition("/")
    if not slash or start == end:
        return _one(words, start)
    if start in _OPEN:
        return _one_sided(words, words.until, _read(end))
    if end in _OPEN:
        return _one_sided(words, words.since, _read(start))
    return _interval(words, _read(start), _read(end))


@lru_cache(maxsize=4096)
def date_texts(edtf: str) -> LanguageMap:
    """Return a valid EDTF date in the words of each language, as `date_text` does."""
    return LanguageMap(**{language: date_text(language, edtf) for language in Language})


@cache
def recurring_day_texts(month: int, day: int) -> LanguageMap:
    """Return a day of any year in the words of each language: `15 August`."""
    date = _Date(Precision.DAY, "", 0, month, day)
    patterns = {language: _words()[language] for language in Language}
    return LanguageMap(
        **{
            language: words.recurring_day.format_map(_parts(words, date))
            for language, words in patterns.items()
        }
    )


@lru_cache(maxsize=256)  # Each language reads the same dates.
def _read(text: str) -> _Date:
    body = text.rstrip("~?%")
    for precision, form in _FORMS:
        if match := form.fullmatch(body):
            year, *rest = match.groups()
            numbers = [int(each) if each.isdigit() else each for each in rest]
            first = int(year) * _YEARS.get(precision, 1)
            return _Date(precision, text[len(body) :], first, *numbers)  # type: ignore[arg-type]
    raise ValueError(f"not a valid EDTF date: {text!r}")


def _one(words: _DateWords, edtf: str) -> str:
    """Return a date that is no interval or set."""
    date = _read(edtf)
    pattern = _UNSPECIFIED.get(_DIGIT.sub("0", edtf))
    if pattern is None:
        return _single(words, date)
    return words.unspecified[pattern].format_map(_parts(words, date))


def _single(words: _DateWords, date: _Date) -> str:
    about = date.mark in ("~", "%")
    text = _apply(words, words.about, date) if about else _plain(words, date)
    return words.doubtful.format(text) if date.mark in ("?", "%") else text


def _plain(words: _DateWords, date: _Date) -> str:
    return words.plain[date.precision].format_map(_parts(words, date))


def _apply(words: _DateWords, patterns: _Patterns, date: _Date) -> str:
    """Return the date in the pattern of its precision, without regard to its mark."""
    pattern = patterns.get(date.precision) or patterns["other"]
    return pattern.format(_plain(words, date), **_parts(words, date))


def _one_sided(words: _DateWords, patterns: _Patterns, date: _Date) -> str:
    if date.mark in ("~", "%"):
        return patterns["other"].format(_single(words, date))
    text = _apply(words, patterns, date)
    return words.doubtful.format(text) if date.mark else text


def _parts(words: _DateWords, date: _Date) -> dict[str, Any]:
    """Return the parts of patterns that the date has."""
    parts = {"y": str(date.year), "clock": date.clock}
    parts["end"] = str(date.year + _YEARS.get(date.precision, 1) - 1)
    parts["d"] = words.first_day if date.day == 1 else str(date.day)
    if date.precision is Precision.SEASON:
        season = date.month - 21
        parts |= {"s": words.seasons[season], "S": (words.seasons_of or words.seasons)[season]}
        if season == 3:
            # The northern winter, from December on.
            parts["y"] = f"{date.year}/{(date.year + 1) % 100:02}"
    elif date.month:
        lists = {"m": words.months, "M": words.months_alone, "of": words.months_of}
        parts |= {key: (names or words.months)[date.month - 1] for key, names in lists.items()}
    return parts


@dataclass(frozen=True, slots=True)
class _Side:
    """A side of an interval: `{a}` is its text in a pattern, `{a.d}` a part of it."""

    text: str
    parts: dict[str, Any] = field(repr=False)

    def __getattr__(self, name: str) -> Any:
        return self.parts[name]

    def __format__(self, _: str) -> str:
        return self.text


def _interval(words: _DateWords, start: _Date, end: _Date) -> str:
    a, b = (_Side(_single(words, each), _parts(words, each)) for each in (start, end))
    return words.interval[_shared(start, end)].format(a=a, b=b)


def _shared(start: _Date, end: _Date) -> str:
    """Return the name of the pattern in which two dates share what they have in common."""
    if start.mark or end.mark or start.precision is not end.precision:
        return "other"
    match start.precision:
        case Precision.DAY if start[2:4] == end[2:4]:
            return "days"
        case Precision.DAY if start.year == end.year:
            return "days_of_a_year"
        case Precision.MONTH if start.year == end.year:
            return "months_of_a_year"
        case Precision.YEAR:
            return "years"
    return "other"


def _set(words: _DateWords, edtf: str, last_separator: str) -> str:
    dates = [_read(member) for member in edtf[1:-1].split(",")]
    pattern, item = _listed(words, dates)
    items = [item.format_map(_parts(words, each)) for each in dates if item]
    joined = _join(items or [_single(words, each) for each in dates], last_separator)
    return pattern.format(joined, **_parts(words, dates[0]))


def _listed(words: _DateWords, dates: Sequence[_Date]) -> tuple[str, str]:
    """Return the pattern of dates that share their month or year, and of one of them."""
    first = dates[0]
    if {each[:4] for each in dates} == {(Precision.DAY, "", first.year, first.month)}:
        return words.listed_days, words.listed_day
    if {each[:3] for each in dates} == {(Precision.MONTH, "", first.year)}:
        return words.listed_months, "{M}"
    return "{}", ""


def _join(texts: Sequence[str], last_separator: str) -> str:
    *others, last = texts
    return f"{', '.join(others)}{last_separator}{last}"

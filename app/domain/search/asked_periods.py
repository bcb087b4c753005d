"""Periods in a query: `from 2018 to 2019`, `since June 2023`, `весной 2024`, `2024년 6월부터 9월까지`, `199X`.

Each is one term, as a date is. It has the years that lie in the period, and at its ends the months and days.
A period without a beginning or an end finds events by their own dates, since most texts mention earlier years.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from app.domain.search.asked_dates import AskedDate, DateParts, Words, read_date, years_at
from app.domain.search.periods.days import (
    FIRST,
    LAST,
    MONTHS,
    ONE_DAY,
    SEASONS,
    PeriodDate,
    PeriodDays,
    completed,
    days_of,
    of_any_year,
    of_days,
    phrases_of,
)
from app.domain.search.periods.edtf import of_edtf
from app.domain.search.periods.tokens import PeriodToken, tokens_of
from app.domain.search.periods.words import (
    AFTER,
    AFTER_YEAR,
    AND,
    ARTICLES,
    BEFORE,
    BETWEEN,
    BETWEEN_KOREAN,
    CLOSERS,
    HALF,
    OPEN_KINDS,
    OPENERS,
    OR,
    ORDINALS,
    PARTS_OF_YEAR,
    QUARTER,
    RANGE,
    SINCE,
    TO,
    UNTIL,
    UNTIL_KOREAN,
    UNTIL_NOW,
    VAGUE,
    VAGUE_AFTER,
    WITHIN,
)

# A longer one names no period of this timeline.
MOST_WORDS: Final = 14


def find_period(words: Sequence[str]) -> AskedDate | None:
    """Return the period with which these words begin: of two dates, open, several dates, or a part of a year.

    The words are as typed, with their punctuation. None for a single date, which `find_date` reads.
    """
    if not words or not _may_begin(words[0]):
        return None
    if edtf := of_edtf(words[0]):
        return edtf
    tokens = [*tokens_of(words[:MOST_WORDS])]
    if size := _beginning(WITHIN, tokens):
        return _within(words, tokens, size)
    for size, kind in _openers(tokens):
        if found := _after_opener(tokens, size, kind):
            return found
    return None


def _within(words: Sequence[str], tokens: Sequence[PeriodToken], before: int) -> AskedDate | None:
    """Return the period or the date after so many words that say nothing: `during 2023`."""
    chunks = tokens[before - 1].chunk + 1
    if found := find_period(words[chunks:]):
        return found._replace(size=found.size + chunks)
    date = _side(tokens, before)
    return _asked(tokens, before + date.size, phrases_of(date)) if date else None


def _beginning(phrases: Sequence[Words], tokens: Sequence[PeriodToken]) -> int:
    """Return the number of tokens that are one of the phrases; 0 if none is."""
    texts = tuple(token.text for token in tokens[:4])
    return next((len(each) for each in phrases if texts[: len(each)] == each), 0)


@lru_cache(maxsize=1 << 12)
def _may_begin(word: str) -> bool:
    """Whether a period may begin with a word: most words of most queries are none."""
    tokens = [*tokens_of([word])]
    first = tokens[0].text if tokens else ""
    return (
        any(first == opener[0] for opener, _ in OPENERS)
        or any(first == phrase[0] for phrase in WITHIN)
        or first in ARTICLES
        or first in VAGUE
        or first in PARTS_OF_YEAR
        or any(ordinal.fullmatch(first) for ordinal in ORDINALS)
        or _side(tokens, 0) is not None
        or of_edtf(word) is not None
    )


def _openers(tokens: Sequence[PeriodToken]) -> Iterator[tuple[int, str]]:
    """Yield each reading of the words before the first date: their number, and the kind of period."""
    texts = [token.text for token in tokens]
    for opener, kind in OPENERS:
        if tuple(texts[: len(opener)]) == opener:
            yield len(opener), kind
    yield 0, ""


def _after_opener(tokens: Sequence[PeriodToken], place: int, kind: str) -> AskedDate | None:
    """Return the period of this kind whose first date is at a place."""
    first = _side(tokens, place)
    if not first or (kind in OPEN_KINDS and _is_attribute(tokens[place], first)):
        return None
    place += first.size
    texts = [token.text for token in tokens[place:]]
    if kind in ("", RANGE, SINCE) and (now := _beginning(UNTIL_NOW, tokens[place:])):
        return _open(tokens, place + now, first, SINCE)
    joint = _joint(texts, kind)
    if joint and (second := _side(tokens, place + joint)):
        return _closed(tokens, place + joint + second.size, first, second)
    if kind == "" and (several := _several(tokens, place, first)):
        return several
    closer = CLOSERS.get(texts[0]) if texts and kind in ("", RANGE) else None
    # `from 2023 on`, but no `letter from 2023 on aid`.
    if closer or (kind == RANGE and texts == ["on"]):
        return _open(tokens, place + 1, first, closer or SINCE)
    if kind in OPEN_KINDS:
        return _open(tokens, place, first, kind)
    return _asked(tokens, place, phrases_of(first)) if first.partly and not kind else None


def _is_attribute(article: PeriodToken, date: PeriodDate) -> bool:
    """Whether the date belongs to a thing: `before the 2019 summit`, but not `before the 19th of June`."""
    return article.text == "the" and not (date.parts.day or date.years or date.partly)


def _joint(texts: Sequence[str], kind: str) -> int:
    """Return the number of words that join two dates to a period; 0 if they do not."""
    if kind == BETWEEN:
        return int(bool(texts) and (texts[0] in AND or texts[0] == "-"))
    if kind in ("", RANGE, SINCE):
        return next((len(to) for to in TO if tuple(texts[: len(to)]) == to), 0)
    return 0


def _side(tokens: Sequence[PeriodToken], place: int) -> PeriodDate | None:
    """Return the date with which the tokens begin at a place."""
    start, vague = place, False
    place = _after(tokens, place, ARTICLES)
    while place < len(tokens) and tokens[place].text in VAGUE:
        place, vague = _after(tokens, place + 1, ARTICLES), True
    of_year, place = _part_of_year(tokens, place)
    size, years = years_at([token.raw for token in tokens[place : place + 2]])
    parts = DateParts()
    if years and of_year in SEASONS and len(years) <= 2:
        # `winter 2024/25`.
        parts, years = DateParts(f"{years[0]}", of_year), range(0)
    elif not years:
        parts, size = _date_parts(tokens[place:], of_year)
        if not size:
            return None
    place += size
    if place < len(tokens) and tokens[place].text in VAGUE_AFTER:
        place, vague = place + 1, True
    partly = vague or bool(of_year) or parts.month in MONTHS
    return PeriodDate(place - start, parts, years, partly)


def _after(tokens: Sequence[PeriodToken], place: int, words: frozenset[str]) -> int:
    while place < len(tokens) and tokens[place].text in words:
        place += 1
    return place


def _part_of_year(tokens: Sequence[PeriodToken], place: int) -> tuple[str, int]:
    """Return the code of a part of a year at a place, such as `first half`, and the place after it."""
    texts = [token.text for token in tokens[place : place + 2]]
    if texts and texts[0] in PARTS_OF_YEAR:
        return PARTS_OF_YEAR[texts[0]], _after(tokens, place + 1, ARTICLES)
    if len(texts) == 2:
        for number, ordinal in enumerate(ORDINALS):
            code = 40 + number if texts[1] in HALF and number < 2 else 33 + number
            if ordinal.fullmatch(texts[0]) and (texts[1] in HALF or texts[1] in QUARTER):
                return f"{code}", _after(tokens, place + 2, ARTICLES)
    return "", place


def _date_parts(tokens: Sequence[PeriodToken], of_year: str) -> tuple[DateParts, int]:
    """Return the parts of the date with which tokens begin, and the number of tokens, 0 without a date.

    `of_year` is the code of the part of the year that words before them name.
    """
    # Articles within a date, as in `18th of June`, are no part of it at its end.
    places = [n for n, each in enumerate(tokens[:8]) if n == 0 or each.text not in ARTICLES]
    parts, count = read_date([tokens[n].raw for n in places])
    if not count:
        return parts, 0
    size = places[count - 1] + 1
    # `2024년 봄`, `2024 spring`. The first half of a month is the month.
    if parts.year and not parts.month:
        of_year_after = size < len(tokens) and PARTS_OF_YEAR.get(tokens[size].text)
        if of_year_after and not of_year:
            return parts._replace(month=of_year_after), size + 1
        parts = parts._replace(month=of_year)
    return parts, _after(tokens, size, AFTER_YEAR) if parts.year else size


def _closed(
    tokens: Sequence[PeriodToken], end: int, first: PeriodDate, second: PeriodDate
) -> AskedDate | None:
    if end < len(tokens) and tokens[end].text == UNTIL_KOREAN:
        end += 1
    first, second = completed([first, second])
    if not (first.years or second.years or first.parts.year or second.parts.year):
        return _asked(tokens, end, of_any_year(first.parts, second.parts))
    start, stop = days_of(first), days_of(second)
    if not start or not stop:
        return None
    return _asked_days(tokens, end, PeriodDays(start.first, stop.last))


def _several(tokens: Sequence[PeriodToken], place: int, first: PeriodDate) -> AskedDate | None:
    """Return the dates that `and`, `or` and commas list, of which an event has one."""
    sides = [first]
    while place < len(tokens):
        is_joined = tokens[place].text in AND | OR
        side = _side(tokens, place + is_joined)
        if not side or not (is_joined or tokens[place - 1].comma):
            break
        sides.append(side)
        place += is_joined + side.size
    if len(sides) == 1:
        return None
    if len(sides) == 2 and place < len(tokens) and tokens[place].text in BETWEEN_KOREAN:
        return _closed(tokens, place + 1, *sides)
    phrases = [phrases_of(side) for side in completed(sides)]
    return _asked(tokens, place, [*chain.from_iterable(phrases)]) if all(phrases) else None


def _open(tokens: Sequence[PeriodToken], end: int, side: PeriodDate, kind: str) -> AskedDate | None:
    days = days_of(side)
    if not days:
        return None
    periods = {
        SINCE: PeriodDays(days.first, LAST),
        AFTER: PeriodDays(days.last + ONE_DAY, LAST),
        BEFORE: PeriodDays(FIRST, days.first - ONE_DAY),
        UNTIL: PeriodDays(FIRST, days.last),
    }
    return _asked_days(tokens, end, periods[kind])


def _asked(tokens: Sequence[PeriodToken], end: int, phrases: Sequence[Words]) -> AskedDate | None:
    """Return the date of these phrases, if they are some, and if it ends where a chunk ends."""
    if not phrases or not tokens[end - 1].ends:
        return None
    return AskedDate(tokens[end - 1].chunk + 1, tuple(dict.fromkeys(phrases)))


def _asked_days(tokens: Sequence[PeriodToken], end: int, days: PeriodDays) -> AskedDate | None:
    return of_days(tokens[end - 1].chunk + 1, days) if tokens[end - 1].ends else None

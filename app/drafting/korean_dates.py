"""Find the expressions of dates in an article in Korean, where each number has its unit: 2024년 6월 19일."""

import re
from dataclasses import replace
from typing import Final

from app.drafting.date_finder import DASHES, DateFinder
from app.drafting.dates import DateMention, Expression

_KOREAN: Final = re.compile(
    "(?:(1[89][0-9]{2}|20[0-9]{2})년(?!대|간).{0,2}"
    "|([0-9]{1,2})월.{0,2}|([0-9]{1,2})일(부터|까지|자|.{0,2}))"
)
# 주체89(2000)년, which is four words: the year of the Juche calendar, and the other one.
_JUCHE: Final = re.compile("주체[0-9]{1,3}")
_YEAR_IN_FIGURES: Final = re.compile("1[89][0-9]{2}|20[0-9]{2}")
_YEAR_UNIT: Final = re.compile("년.{0,2}")
_DAY_IN_FIGURES: Final = re.compile("[1-9]|[12][0-9]|3[01]")
_WITHIN_A_DATE: Final = ("", ")", ",")
# 4월인가 5월인가, 4월이나 5월, 4월일지 5월일지.
_OR_ENDINGS: Final = ("인가", "이나", "일지", "이냐")


class KoreanDateFinder(DateFinder):
    """Finds the expressions of dates in an article in Korean."""

    def _in_words(self, at: int) -> DateMention | None:
        token = self.tokens[at]
        if token.key in self.words.weekdays:
            return DateMention(
                at,
                at + 1,
                (
                    Expression(
                        "weekday",
                        number=self.words.weekdays[token.key],
                        direction=self._direction(at),
                    ),
                ),
            )
        if token.key in self.words.sets["season_words"]:
            return self._simple(at)
        year, end = self._year_of(at)
        if year:
            return self._of_year(at, year, end)
        match = _KOREAN.fullmatch(token.key)
        if match is None:
            return self._first_of_days(at)
        _, month, day, particle = match.groups()
        direction = self._direction(at)
        if month:
            following = self._in_words(at + 1) if at + 1 < len(self.tokens) else None
            if (
                following
                and following.expressions[0].day
                and following.expressions[0].month is None
            ):
                e = replace(following.expressions[0], month=int(month), direction=direction)
                return replace(following, first=at, expressions=(e,)) if int(month) <= 12 else None
            e = Expression("month", month=int(month), direction=direction)
            return DateMention(at, at + 1, (e,)) if 1 <= int(month) <= 12 else None
        edge = {"부터": "start", "까지": "end"}.get(particle or "", "")
        e = Expression("day", day=int(day), direction=direction, edge=edge)
        return DateMention(at, at + 1, (e,)) if 1 <= int(day) <= 31 else None

    def _year_of(self, at: int) -> tuple[int, int]:
        """Return the year at this token and the token after it: 2000년, 주체89(2000)년; 0 for none."""
        match = _KOREAN.fullmatch(self.keys[at])
        if match and match[1]:
            return int(match[1]), at + 1
        n = at + bool(_JUCHE.fullmatch(self.keys[at]))
        if n + 1 >= len(self.tokens) or not _YEAR_IN_FIGURES.fullmatch(self.keys[n]):
            return 0, at
        in_brackets = self.tokens[n].before.endswith("(") and self.tokens[n + 1].before == ")"
        if not (in_brackets and _YEAR_UNIT.fullmatch(self.keys[n + 1])):
            return 0, at
        return int(self.keys[n]), n + 2

    def _of_year(self, at: int, year: int, end: int) -> DateMention:
        """Return the month or day that follows the year, or the year alone."""
        joins = end < len(self.tokens) and self.tokens[end].before.strip() in _WITHIN_A_DATE
        following = self._in_words(end) if joins else None
        if following is not None and not following.joined:
            e = following.expressions[0]
            # A day with a year has another one: 2000년과 2024년 6월 19일.
            if e.unit in ("day", "month") and e.year is None:
                return replace(following, first=at, expressions=(replace(e, year=year),))
        return DateMention(at, end, (Expression("year", year=year),))

    def _first_of_days(self, at: int) -> DateMention | None:
        """Return the first day of a Korean period whose second day has the unit: 29∼30일."""
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if not (_DAY_IN_FIGURES.fullmatch(self.keys[at]) and following):
            return None
        ends = following.before.strip() in DASHES and following.before.strip()
        match = _KOREAN.fullmatch(following.key)
        if not (ends and match and match[3]):
            return None
        return DateMention(at, at + 1, (Expression("day", day=int(self.keys[at])),))

    def _joins(self, one: DateMention) -> tuple[str, int] | None:
        """Return how an ending joins another date to this one, and where that may begin."""
        at = one.last
        if one.edge == "start" or self.keys[at] in self.words.sets["or_words"]:
            return "to", at
        if self.keys[at].endswith("이나") and at + 1 < len(self.tokens):
            return "or", at + 1
        if self.keys[at - 1].endswith(_OR_ENDINGS):
            return "or", at
        return None

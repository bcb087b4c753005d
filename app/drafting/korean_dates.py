"""Find the expressions of dates in an article in Korean, where each number has its unit: 2024년 6월 19일."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.drafting.date_finder import DASHES, DateFinder
from app.drafting.dates import DateMention, Expression, is_later_in_a_year, lacks_year

# Neither 10일간, for ten days, nor 5일째, the fifth day.
_KOREAN: Final = re.compile(
    "(?:(1[89][0-9]{2}|20[0-9]{2})년(?!대|간)(부터|까지|.{0,2})|([0-9]{1,2})월(부터|까지|.{0,2})"
    "|([0-9]{1,2})일(?!간|째|차|만에)(부터|까지|자|.{0,2}))"
)
_EDGES: Final = {"부터": "start", "까지": "end"}
# 23년 10월: of this century, or of the last one.
_SHORT_YEAR: Final = re.compile("([0-9]{2})년")
_FIRST_SHORT_YEAR: Final = 45
_LONGEST_MONTH: Final = 31
# 18·19일, 18, 19일.
_LISTING: Final = frozenset("·ㆍ・,")
# 주체89(2000)년, which is four words: the year of the Juche calendar, and the other one.
_JUCHE: Final = re.compile("주체[0-9]{1,3}")
_YEAR_IN_FIGURES: Final = re.compile("1[89][0-9]{2}|20[0-9]{2}")
_YEAR_UNIT: Final = re.compile("년.{0,2}")
_FIGURES: Final = re.compile("[0-9]{1,4}")
# 3월 초부터, 5월 말까지.
_PART_OF_MONTH: Final = re.compile("(?:초순?|상순|중순|하순|말)(?:부터|까지)")
_WITHIN_A_DATE: Final = ("", ")", ",")
# 4월인가 5월인가, 4월이나 5월, 4월일지 5월일지.
_OR_ENDINGS: Final = ("인가", "이나", "일지", "이냐")


class KoreanDateFinder(DateFinder):
    """Finds the expressions of dates in an article in Korean."""

    def find(self) -> list[DateMention]:
        """Return the mentions in the order of the text; they do not overlap."""
        return _with_year_before(super().find(), self.keys)

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
            return self._first_of_several(at)
        _, _, month, _, day, _ = match.groups()
        if month:
            return self._of_month_here(at, int(month)) if 1 <= int(month) <= 12 else None
        if self._is_duration(at + 1):
            return None
        e = Expression(
            "day", day=int(day), direction=self._direction(at), edge=_edge(self.keys[at])
        )
        return DateMention(at, at + 1, (e,)) if 1 <= int(day) <= 31 else None

    def _of_month_here(self, at: int, month: int) -> DateMention:
        """Return the day that follows the month, or the month alone."""
        direction = self._direction(at)
        # 올 12월: December of this year.
        offset = 0 if at and self.keys[at - 1] == "올" else None
        following = self._in_words(at + 1) if self._may_be_day(at + 1) else None
        if following and following.expressions[0].day and following.expressions[0].month is None:
            e = replace(following.expressions[0], month=month, direction=direction, offset=offset)
            return replace(following, first=at, expressions=(e,))
        last, edge = at + 1, _edge(self.keys[at])
        if not edge and last < len(self.keys) and _PART_OF_MONTH.fullmatch(self.keys[last]):
            edge = _edge(self.keys[last])
            last += 1
        e = Expression("month", month=month, direction=direction, offset=offset, edge=edge)
        return DateMention(at, last, (e,))

    def _may_be_day(self, at: int) -> bool:
        """Whether a day may begin here, and no further month: a text may be a list of months."""
        match = _KOREAN.fullmatch(self.keys[at]) if at < len(self.keys) else None
        return at < len(self.keys) and (match is None or bool(match[5]))

    def _is_duration(self, at: int) -> bool:
        """Whether the word makes the days before it a number of days: 3일 동안, 5일 만에."""
        return at < len(self.keys) and self.keys[at] in self.words.sets["duration_words"]

    def _year_of(self, at: int) -> tuple[int, int]:
        """Return the year at this token and the token after it: 2000년, 주체89(2000)년; 0 for none."""
        match = _KOREAN.fullmatch(self.keys[at])
        if match and match[1]:
            return int(match[1]), at + 1
        if short := _SHORT_YEAR.fullmatch(self.keys[at]):
            after = _KOREAN.fullmatch(self.keys[at + 1]) if at + 1 < len(self.keys) else None
            if after and after[3] and 1 <= int(after[3]) <= 12:
                year = int(short[1])
                return year + (1900 if year >= _FIRST_SHORT_YEAR else 2000), at + 1
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
        following = self._in_words(end) if joins and not self._year_of(end)[0] else None
        if following is not None and not following.joined:
            e = following.expressions[0]
            # A day with a year has another one: 2000년과 2024년 6월 19일.
            if e.unit in ("day", "month", "season") and e.year is None and e.offset is None:
                return replace(following, first=at, expressions=(replace(e, year=year),))
        return DateMention(
            at, end, (Expression("year", year=year, edge=_edge(self.keys[end - 1])),)
        )

    def _first_of_several(self, at: int) -> DateMention | None:
        """Return the first of days, months or years of which only the last has the unit: 29∼30일, 18·19일."""
        if not _FIGURES.fullmatch(self.keys[at]) or at + 1 >= len(self.tokens):
            return None
        gap = self.tokens[at + 1].before.strip()
        if not gap or gap not in DASHES | _LISTING:
            return None
        number, listed = int(self.keys[at]), _FIGURES.fullmatch(self.keys[at + 1])
        # Days of a list ascend, so a list has at most 31.
        if listed and (gap in DASHES or not number < int(self.keys[at + 1]) <= _LONGEST_MONTH):
            return None
        following = self._in_words(at + 1)
        if following is None:
            return None
        e = following.expressions[0]
        match e.unit:
            case "day" if e.month is None and e.offset is None and 1 <= number <= 31:
                return DateMention(at, at + 1, (Expression("day", day=number),))
            case "month" if gap in DASHES and 1 <= number <= 12:
                return DateMention(at, at + 1, (Expression("month", month=number),))
            case "year" if gap in DASHES and _YEAR_IN_FIGURES.fullmatch(self.keys[at]):
                return DateMention(at, at + 1, (Expression("year", year=number),))
        return None

    def _lists_on(self, one: DateMention, gap: str) -> bool:
        """Whether it is a day without its unit, and another one follows: the 18 of `18·19일`."""
        return bool(gap) and gap in _LISTING and self.keys[one.last - 1].isdigit()

    def _joins(self, one: DateMention) -> tuple[str, int] | None:
        """Return how an ending joins another date to this one, and where that may begin."""
        at = one.last
        if one.edge == "start" or self.keys[at] in self.words.sets["or_words"]:
            return "to", at
        if self.keys[at].endswith("이나") and at + 1 < len(self.tokens):
            return "or", at + 1
        if self.keys[at - 1].endswith(_OR_ENDINGS):
            return "or", at
        match = _KOREAN.fullmatch(self.keys[at])
        if self.keys[at - 1].endswith("일과") and match and match[5]:
            return "to", at
        return None


def _edge(key: str) -> str:
    """Return the side of a period that the particle of a date names, or nothing."""
    return next((edge for particle, edge in _EDGES.items() if key.endswith(particle)), "")


def _with_year_before(mentions: Sequence[DateMention], keys: Sequence[str]) -> list[DateMention]:
    """Return the dates; one without a year has the year of the date that `과` joins to it."""
    shared = [*mentions]
    for n, other in enumerate(shared[1:], 1):
        one = shared[n - 1]
        e, o = one.expressions[-1], other.expressions[0]
        joined = other.first == one.last and keys[one.last - 1].endswith(("과", "와"))
        if joined and len(other.expressions) == 1 and e.unit == o.unit and e.year and lacks_year(o):
            year = e.year + is_later_in_a_year(e, o)
            shared[n] = replace(other, expressions=(replace(o, year=year),))
    return shared

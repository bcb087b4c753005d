"""Find the expressions of dates in an article; `korean_dates` has what Korean adds."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.drafting.dates import DateMention, Expression
from app.drafting.languages import LanguageWords
from app.drafting.shared_years import with_shared_years
from app.drafting.text import Article, Token

# Not 20000, nor 1950s.
_YEAR: Final = re.compile(r"(1[89][0-9]{2}|20[0-9]{2})(?!s)[г년]?\D{0,4}")
_DAY: Final = re.compile("([0-9]{1,2})(?:er|st|nd|rd|th|го|е|일.{0,3})?")
DASHES: Final = frozenset("-–—~∼〜")
_FIGURES: Final = re.compile("[0-9]{1,2}|(?:1[89]|20)[0-9]{2}")
_MARKS: Final = ("-", ".", "/")
_YEAR_LENGTH: Final = 4
_MONTHS: Final = 12
_LONGEST_MONTH: Final = 31
# So many small words join a day and its month, or a month and its year: `of the`.
_OF: Final = 3


class DateFinder:
    """Finds the expressions of dates in an article."""

    def __init__(self, article: Article, words: LanguageWords) -> None:
        self.tokens: Sequence[Token] = article.tokens
        self.keys = article.keys
        self.article = article
        self.words = words

    def find(self) -> list[DateMention]:
        """Return the mentions in the order of the text; they do not overlap."""
        found = list[DateMention]()
        at = 0
        while at < len(self.tokens):
            one = self._one(at)
            if one is None:
                at += 1
                continue
            one = self._pair(self._with_period(one))
            one = self._with_weekday(self._widened(one, found))
            found.append(one)
            at = one.last
        return with_shared_years(found, self.tokens, self.words)

    def _one(self, at: int) -> DateMention | None:
        limit = min(at + 8, len(self.tokens))
        found = [(end, code, 1) for end, code in self.words.phrases.find(self.keys, at, limit)]
        for words, code in self.words.counted.find_words(self.keys, at, limit):
            count = next(filter(None, (self.words.numbers.get(self.keys[n]) for n in words)), 1)
            found.append((words[-1] + 1, code, count))
        if found:
            # Of equally long phrases one without a number.
            return self._of_phrase(at, *max(found, key=lambda each: each[0]))
        if numeric := self._numeric(at):
            return numeric
        return self._in_words(at)

    def _in_words(self, at: int) -> DateMention | None:
        """Return the date, weekday, season or year that begins here in the words of the language."""
        return self._day_and_month(at) or self._month_alone(at) or self._simple(at)

    def _joins(self, one: DateMention) -> tuple[str, int] | None:
        """Return how the form of a word joins another date to this one, and where that may begin."""
        return None

    def _of_phrase(self, at: int, end: int, code: str, count: int) -> DateMention:
        e = _coded(code, count)
        # A further phrase completes none, and a text may repeat a phrase a thousand times.
        beside = end < len(self.tokens) and not self._is_apart(end)
        following = self._numeric(end) or self._in_words(end) if beside else None
        if following and len(following.expressions) == 1 and not e.anchored:
            f = following.expressions[0]
            if f.offset is None and _completes(e, f):
                return replace(following, first=at, expressions=(replace(f, offset=e.offset),))
        return DateMention(at, end, (e,))

    def _is_apart(self, n: int) -> bool:
        return bool(self.tokens[n].before.strip())

    def _with_period(self, one: DateMention) -> DateMention:
        """Take in the year, month or week after a month, day or weekday: `October of last year`."""
        e, at = one.expressions[0], one.last
        of = self.words.sets["of_words"] | self.words.sets["place_words"]
        while at < len(self.keys) and at < one.last + _OF and self.keys[at] in of:
            at += 1
        for start in range(one.last, at + 1):
            if start >= len(self.keys) or self._is_apart(start):
                return one
            found = self.words.phrases.find(self.keys, start, min(start + 8, len(self.keys)))
            if not found:
                continue
            end, code = max(found)
            period = _coded(code, 1)
            if e.offset is None and not period.anchored and _completes(period, e):
                whole = replace(e, offset=period.offset, direction=0)
                return replace(one, last=end, expressions=(whole,))
        return one

    def _numeric(self, at: int) -> DateMention | None:
        """Return a date in figures: 2024-11-29, 29.11.2024; 3/4/2024 is one of two, and none."""
        tokens = self.tokens[at : at + 3]
        if len(tokens) < 3 or not all(_FIGURES.fullmatch(token.text) for token in tokens):
            return None
        mark = tokens[1].before.strip()
        if mark not in _MARKS or tokens[2].before.strip() != mark:
            return None
        a, b, c = (int(token.text) for token in tokens)
        if len(tokens[0].text) == _YEAR_LENGTH:
            year, month, day = a, b, c
        elif len(tokens[2].text) == _YEAR_LENGTH:
            day, month, year = a, b, c
            if self.words.language == "en" and mark != ".":
                # Americans begin with the month.
                if max(a, b) <= _MONTHS and a != b:
                    return None
                day, month = max(a, b), min(a, b)
        else:
            return None
        if not (1 <= month <= _MONTHS and 1 <= day <= _LONGEST_MONTH):
            return None
        e = Expression("day", year=year, month=month, day=day)
        return DateMention(at, at + 3, (e,))

    def _day_and_month(self, at: int) -> DateMention | None:
        day, end = self._day_at(at)
        if day:
            # The 1st of November.
            end += end < len(self.keys) and self.keys[end] in self.words.sets["of_words"]
            if month := self._month_at(end):
                year, last = self._year_after(end + 1)
                e = Expression(
                    "day", year=year, month=month, day=day, direction=self._direction(at, last)
                )
                return DateMention(at, last, (e,))
            if self._is_day_alone(at, end) or self._ranges_on(day, end) or self._of_month(end):
                return DateMention(at, end, (Expression("day", day=day),))
            return None
        month = self._month_at(at)
        if month and self.words.language == "en":
            day, end = self._day_at(at + 1)
            if day:
                return self._days_after_month(at, month, day, end)
        return None

    def _days_after_month(self, at: int, month: int, day: int, end: int) -> DateMention:
        """Return the day, or the period of the days that follow their month: `October 18-19, 2023`."""
        later, after = self._further_days(day, end)
        year, last = self._year_after(after)
        first = Expression("day", year=year, month=month, day=day)
        if later:
            return DateMention(at, last, (first, replace(first, day=later)), "to")
        return DateMention(at, last, (first,))

    def _further_days(self, day: int, at: int) -> tuple[int, int]:
        """Return the last of the days without a month that follow a day, and the token after it; 0 for none."""
        to = self.words.sets["to_words"] | self.words.sets["conjunctions"]
        found, last, end = (0, at), day, at
        while end < len(self.tokens):
            gap, joint = self.tokens[end].before.strip(), self.keys[end] in to
            closes = joint or gap in DASHES
            if gap not in ("", ",", *DASHES) or not (closes or gap):
                break
            following, after = self._day_at(end + joint)
            if following <= last or self._month_at(after) or not self._may_end_date(after):
                break
            last, end = following, after
            if closes:
                found = last, end
        return found

    def _may_end_date(self, at: int) -> bool:
        """Whether the number before this token is a day, and counts no things: `May 5 and 9 ministers`."""
        if at >= len(self.tokens) or self.tokens[at].before.strip() or self._year_at(at)[0]:
            return True
        sets = self.words.sets
        joins = sets["place_words"] | sets["to_words"] | sets["conjunctions"] | sets["joints"]
        return self.keys[at] in joins

    def _day_at(self, at: int) -> tuple[int, int]:
        if at >= len(self.tokens):
            return 0, at
        if ordinal := self.words.ordinals.get(self.keys[at]):
            return (ordinal, at + 1) if self._month_at(at + 1) else (0, at)
        match = _DAY.fullmatch(self.keys[at])
        day = int(match[1]) if match else 0
        end = at + 1
        # 27-го числа: the ending is another token.
        if (
            day
            and end < len(self.keys)
            and self.tokens[end].before == "-"
            and self.keys[end] in ("го", "е", "ого")
        ):
            end += 1
        return (day, end) if 1 <= day <= 31 else (0, at)

    def _is_day_alone(self, at: int, end: int) -> bool:
        return end < len(self.keys) and self.keys[end] in self.words.sets.get("day_words", ())

    def _of_month(self, at: int) -> bool:
        """Whether a relative month follows, of which it is a day: the 5th of last month."""
        following = range(at, min(at + 8, len(self.keys)))
        found = self.words.phrases.find(self.keys, at, following.stop) if following else []
        return any(code.startswith("month ") for _, code in found)

    def _ranges_on(self, first: int, end: int) -> bool:
        """Whether a day that ends here is the first one of a period: the 12 of `12 to 15 May`."""
        if end >= len(self.tokens):
            return False
        gap = self.tokens[end].before.strip()
        to = self.words.sets["to_words"] | self.words.sets["conjunctions"]
        joined = gap in DASHES and gap or gap == ","
        after = end if joined else end + 1 if self.keys[end] in to else 0
        after = self._past_article(after)
        if not after or after >= len(self.tokens):
            return False
        day, last = self._day_at(after)
        # Days of a list ascend, so a list has at most 31.
        ascends = day > first
        if not day or (gap == "," and not ascends):
            return False
        return bool(self._month_at(last)) or (ascends and self._ranges_on(day, last))

    def _past_article(self, at: int) -> int:
        return at + (0 < at < len(self.keys) and self.keys[at] in self.words.sets["articles"])

    def _month_at(self, at: int) -> int:
        if at >= len(self.tokens):
            return 0
        month = self.words.months.get(self.keys[at], 0)
        needs_capital = self.words.language == "en"
        return month if month and (self.tokens[at].capital or not needs_capital) else 0

    def _year_after(self, at: int) -> tuple[int | None, int]:
        year, end = self._year_at(at)
        return (year, end) if year else (None, at)

    def _year_at(self, at: int) -> tuple[int, int]:
        if at >= len(self.tokens) or not self.keys[at][:1].isdigit():
            return 0, at
        gap = self.tokens[at].before.strip()
        if gap not in ("", ",") or not (match := _YEAR.fullmatch(self.keys[at])):
            return 0, at
        end = at + 1
        if self._names_decade(end):
            return 0, at
        while end < len(self.keys) and self.keys[end] in self.words.sets.get("year_words", ()):
            end += 1
        return int(match[1]), end

    def _names_decade(self, at: int) -> bool:
        """Whether the word of a decade follows a year, after its ending or not: 1950-е годы, 1950х годах."""
        decades = self.words.sets.get("decade_words", ())
        if at < len(self.keys) and self.tokens[at].before == "-" and self.keys[at].isalpha():
            at += 1
        return at < len(self.keys) and self.keys[at] in decades

    def _month_alone(self, at: int) -> DateMention | None:
        month = self._month_at(at)
        if not month or at == 0:
            return None
        before = self.keys[at - 1]
        year, last = self._year_after(at + 1)
        # October, November and December 2023.
        listed = self._month_at(at - 1) and self.tokens[at].before.strip() == ","
        if year is None and not listed and before not in self.words.sets["month_before"]:
            return None
        return DateMention(
            at,
            last,
            (Expression("month", year=year, month=month, direction=self._direction(at, last)),),
        )

    def _direction(self, at: int, last: int | None = None) -> int:
        around = [self.keys[at - 1]] if at else []
        if last is not None and last < len(self.keys) and not self.tokens[last].before.strip():
            around.append(self.keys[last])
        if any(word in self.words.sets["next_words"] for word in around):
            return 1
        return -1 if any(word in self.words.sets["last_words"] for word in around) else 0

    def _simple(self, at: int) -> DateMention | None:
        key = self.keys[at]
        if key in self.words.weekdays:
            number = self.words.weekdays[key]
            direction = self._direction(at, at + 1)
            return DateMention(
                at, at + 1, (Expression("weekday", number=number, direction=direction),)
            )
        if key in self.words.seasons:
            # The autumn of 2024.
            of = at + 1 < len(self.keys) and self.keys[at + 1] in self.words.sets["of_words"]
            year, last = self._year_after(at + 1 + of)
            if year:
                return DateMention(
                    at, last, (Expression("season", number=self.words.seasons[key], year=year),)
                )
            if key in self.words.sets["season_words"] or (
                at and self.keys[at - 1] in self.words.sets["season_before"]
            ):
                e = Expression("season", number=self.words.seasons[key])
                return DateMention(at, at + 1, (e,))
        year, last = self._year_at(at)
        before = self.keys[at - 1] if at else ""
        if year and (before in self.words.sets["year_before"] or last > at + 1):
            return DateMention(at, last, (Expression("year", year=year),))
        return None

    def _pair(self, one: DateMention) -> DateMention:
        """Join the other end of a period, or the other of two alternatives."""
        at = one.last
        if at >= len(self.tokens) or "\n" in self.tokens[at].before:
            return one
        gap, key = self.tokens[at].before.strip(), self.keys[at]
        if gap in DASHES and gap:
            joined, after = "to", at
        elif gap == "" and key in self.words.sets["to_words"] and self._opens_period(one):
            joined, after = "to", at + 1
        elif gap == "" and key in self.words.sets["or_words"]:
            joined, after = "or", at + 1
        elif self._lists_on(one, gap):
            joined, after = "to", at
        elif (
            gap == ""
            and key in self.words.sets["conjunctions"]
            and (one.expressions[0].is_day_alone or self._is_between(one))
        ):
            joined, after = "to", at + 1
        elif joins := self._joins(one):
            joined, after = joins
        else:
            return one
        after = self._past_article(after)
        other = self._one(after) if after < len(self.tokens) else None
        if other and self._lists_on(one, gap):
            # The rest of a list: 2, 3 and 4 November.
            other = self._pair(other)
            other = replace(other, expressions=other.expressions[-1:])
        if other is None and one.expressions[0].unit == "year":
            other = self._later_year(after)
        if other is None and joined == "or":
            # This month or early in the next one.
            near = range(after + 1, min(after + 4, len(self.tokens)))
            other = next(filter(None, map(self._one, near)), None)
        if other is None and joined == "to" and one.expressions[0].month is not None:
            day, end = self._day_at(after) if after < len(self.tokens) else (0, after)
            other = DateMention(after, end, (Expression("day", day=day),)) if day else None
        if other is None or len(other.expressions) != 1 or other.expressions[0].anchored:
            return one
        e, o = one.expressions[0], other.expressions[0]
        if joined == "to" and e.unit != o.unit:
            return one
        if e.edge == "start" and o.edge != "end":
            return one
        if e.offset is not None and o.offset is None and o.unit == "day" and o.month is None:
            o = replace(o, offset=e.offset)
        if o.month is None and o.offset is None and o.day and e.month:
            o = replace(o, month=e.month, year=e.year)
        return DateMention(
            one.first, other.last, (replace(e, edge=""), replace(o, edge="")), joined
        )

    def _with_weekday(self, one: DateMention) -> DateMention:
        """Take in the day that follows its weekday: `Monday, 25 November`; the day counts."""
        e = one.expressions[0]
        named = e.unit == "weekday" or (e.unit == "day" and e.day is None and e.offset == 0)
        if not named or len(one.expressions) > 1 or one.last >= len(self.tokens):
            return one
        if self.tokens[one.last].before.strip() not in ("", ","):
            return one
        day = self._one(one.last)
        if day is None or day.expressions[0].unit != "day" or day.expressions[0].month is None:
            return one
        whole = replace(day, first=one.first)
        if len(day.expressions) > 1:
            return whole
        return replace(whole, expressions=(replace(day.expressions[0], edge=e.edge),))

    def _lists_on(self, one: DateMention, gap: str) -> bool:
        """Whether a comma leads from it to the next day of a list."""
        return gap == "," and one.expressions[0].is_day_alone

    def _is_between(self, one: DateMention) -> bool:
        """Whether a word such as `between` opens a period, of which this is the first end."""
        before = self.words.sets["articles"] | self.words.sets["date_before"]
        first = one.first
        while first and self.keys[first - 1] in before:
            first -= 1
        return first > 0 and self.keys[first - 1] in self.words.sets.get("between_words", ())

    def _later_year(self, at: int) -> DateMention | None:
        """Return the last year of a period: the 2023 of `2022-2023`."""
        match = _YEAR.fullmatch(self.keys[at]) if at < len(self.keys) else None
        end = at + 1
        has_ending = end < len(self.keys) and self.tokens[end].before == "-"
        # 1950-1960-х годах are decades, and 2019-2021 годах are years.
        if match is None or (has_ending and self._names_decade(end)):
            return None
        words = self.words.sets.get("year_words", frozenset()) | self.words.sets.get(
            "decade_words", frozenset()
        )
        while end < len(self.keys) and self.keys[end] in words:
            end += 1
        return DateMention(at, end, (Expression("year", year=int(match[1])),))

    def _opens_period(self, one: DateMention) -> bool:
        before = self.keys[one.first - 1] if one.first else ""
        return before in self.words.sets["from_words"] or one.expressions[0].month is None

    def _widened(self, one: DateMention, found: Sequence[DateMention]) -> DateMention:
        """Take in the words before it that belong to it, and note which side of a period it is."""
        first, edge = one.first, one.edge
        floor = found[-1].last if found else 0
        while (
            first > floor
            and self.keys[first - 1] in self.words.sets["date_before"]
            and not self.tokens[first].before.strip()
        ):
            first -= 1
        words = self.keys[max(floor, first - 1) : one.first]
        if len(one.expressions) == 1 and not edge:
            if any(word in self.words.sets["from_words"] for word in words):
                edge = "start"
            elif any(word in self.words.sets["to_words"] for word in words):
                edge = "end"
        expressions = (
            tuple(replace(e, edge=edge) for e in one.expressions) if edge else one.expressions
        )
        return replace(one, first=first, expressions=expressions)


def _coded(code: str, count: int) -> Expression:
    """Return the expression of a phrase of the tables: `anchor day -1`, `season 22 +1`, `month -1 ~`."""
    anchored = code.startswith("anchor ")
    unit, *rest = code.removeprefix("anchor ").split()
    about, rest = "~" in rest, [each for each in rest if each != "~"]
    if unit == "season":
        return Expression("season", number=int(rest[0]), offset=int(rest[1]) if rest[1:] else 0)
    return Expression(unit, offset=count * int(rest[0]), anchored=anchored, about=about)


def _completes(period: Expression, e: Expression) -> bool:
    """Whether a relative month, year or week is the one of a day, month or weekday without it."""
    if period.about or e.year is not None:
        return False
    match period.unit:
        case "week":
            return e.unit == "weekday"
        case "month":
            return e.unit == "day" and e.day is not None and e.month is None
        case "year":
            return e.unit == "season" or (e.unit in ("day", "month") and e.month is not None)
    return False

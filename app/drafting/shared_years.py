"""Give a date the year of the date that it is joined to: 18 October and 2 November 2023."""

from collections.abc import Sequence
from dataclasses import replace

from app.drafting.dates import DateMention, is_later_in_a_year, lacks_year
from app.drafting.languages import LanguageWords
from app.drafting.text import Token


def with_shared_years(
    mentions: Sequence[DateMention], tokens: Sequence[Token], words: LanguageWords
) -> list[DateMention]:
    """Return the dates; each without a year has the one of the next date, if a conjunction or comma joins them."""
    shared = [*mentions]
    for n in range(len(shared) - 2, -1, -1):
        if _are_joined(shared[n], shared[n + 1], tokens, words):
            shared[n] = _with_year_of(shared[n], shared[n + 1])
    return shared


def _are_joined(
    one: DateMention, other: DateMention, tokens: Sequence[Token], words: LanguageWords
) -> bool:
    gaps = [token.before.strip() for token in tokens[one.last : other.first + 1]]
    if len(gaps) == 1:
        return gaps == [","]
    joints = words.sets["conjunctions"] | words.sets["or_words"]
    return (
        len(gaps) == 2 and gaps[0] in ("", ",") and not gaps[1] and tokens[one.last].key in joints
    )


def _with_year_of(one: DateMention, other: DateMention) -> DateMention:
    e, o = one.expressions[-1], other.expressions[0]
    if (
        o.year is None
        or o.month is None
        or e.unit != o.unit
        or not all(map(lacks_year, one.expressions))
    ):
        return one
    year = o.year - is_later_in_a_year(e, o)
    return replace(one, expressions=tuple(replace(each, year=year) for each in one.expressions))

"""The days that say when an article was written, and the year of which it tells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from app.drafting.dates import DateMention
from app.drafting.text import Article

# The place at the head of a paragraph has at most so many words, and these characters follow its day.
_LONGEST_HEAD: Final = 4
_AFTER_A_HEAD: Final = "-–—(/.:=\n"
# A dispatch is published within so many days of its dateline.
_OLDEST_DATELINE: Final = timedelta(days=7)


def base_year_of(mentions: Sequence[DateMention], article: Article, published: date) -> int | None:
    """Return the year of which an article about the past tells, if its first sentences name one."""
    lead = article.sentences[min(2, len(article.sentences) - 1)].last if article.sentences else 0
    years = (
        e.year for m in mentions if m.first < lead for e in m.expressions if e.year is not None
    )
    first = next(years, None)
    return first if first is not None and first < published.year - 4 else None


def datelines(
    mentions: Sequence[DateMention], article: Article, published: date
) -> Iterator[DateMention]:
    """Yield the mentions; the day at the head of a paragraph, on which the agency wrote, is marked."""
    for mention in mentions:
        day = dateline_day(mention, published)
        yield replace(mention, dateline=day is not None and _is_at_head(mention, article))


def dateline_day(mention: DateMention, published: date) -> date | None:
    """Return the day of the mention if an article of this day of publication can be written on it."""
    e = mention.expressions[0]
    if e.unit != "day" or e.day is None or e.month is None or len(mention.expressions) > 1:
        return None
    for year in (published.year, published.year - 1):
        try:
            day = date(year, e.month, e.day)
        except ValueError:
            continue
        if e.year in (None, year) and published - _OLDEST_DATELINE <= day <= published:
            return day
    return None


def _is_at_head(mention: DateMention, article: Article) -> bool:
    """Whether only a place comes before the day, and a dash, an agency or a full stop after it."""
    tokens = article.tokens
    sentence = article.sentences[article.sentence_of(mention.first)]
    first, head = sentence.first, tokens[sentence.first : mention.first]
    begins = first == 0 or "\n" in tokens[first].before
    if not (begins and head and len(head) <= _LONGEST_HEAD):
        return False
    if tokens[mention.last - 1].key.endswith("일발"):
        return True
    gap = tokens[mention.last].before if mention.last < len(tokens) else "\n"
    if tokens[first].before.endswith("("):
        return not any(")" in token.before for token in tokens[first + 1 : mention.last])
    comma = "," in tokens[mention.first].before and tokens[first].capital
    capitals = all(token.text.isupper() for token in head)
    return (comma or capitals) and any(c in gap for c in _AFTER_A_HEAD)

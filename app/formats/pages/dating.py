"""The date of an event as sentences: no reader need know EDTF."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from app.documents.entities.event import DayRange, EventDocument
from app.domain.date_text import date_text
from app.domain.dates import parse_edtf
from app.domain.languages import Language
from app.domain.vocabulary import EventStatus
from app.formats.pages.catalogues import N_, catalogue


class _Sentences(NamedTuple):
    """The words about a beginning or an end: on a day, between two days, by a day, from a day on."""

    on: str
    between: str
    by: str
    later: str


class _Telling(NamedTuple):
    """The sentences for events of a status: an event that may not have taken place is not said to have."""

    one_day: str
    some_day: str
    began: _Sentences
    ended: _Sentences


_OCCURRED: Final = _Telling(
    N_("It is known to the day."),
    N_("It happened on a day, or on several days, from %(first)s to %(last)s."),
    _Sentences(
        N_("It began on %(first)s."),
        N_("It began between %(first)s and %(last)s."),
        N_("It began by %(last)s; how long before is not known."),
        N_("It began on %(first)s or later."),
    ),
    _Sentences(
        N_("It ended on %(first)s."),
        N_("It ended between %(first)s and %(last)s."),
        N_("It ended by %(last)s."),
        N_("It ended on %(first)s or later, or has not ended."),
    ),
)
_PLANNED: Final = _Telling(
    N_("It was to take place on %(first)s."),
    N_("It was to take place on a day, or on several days, from %(first)s to %(last)s."),
    _Sentences(
        N_("It was to begin on %(first)s."),
        N_("It was to begin between %(first)s and %(last)s."),
        N_("It was to begin by %(last)s."),
        N_("It was to begin on %(first)s or later."),
    ),
    _Sentences(
        N_("It was to end on %(first)s."),
        N_("It was to end between %(first)s and %(last)s."),
        N_("It was to end by %(last)s."),
        N_("It was to end on %(first)s or later."),
    ),
)
_REPORTED: Final = _Telling(
    N_("It is said to have taken place on %(first)s."),
    N_("It is said to have taken place on a day, or on several days, from %(first)s to %(last)s."),
    _Sentences(
        N_("It is said to have begun on %(first)s."),
        N_("It is said to have begun between %(first)s and %(last)s."),
        N_("It is said to have begun by %(last)s."),
        N_("It is said to have begun on %(first)s or later."),
    ),
    _Sentences(
        N_("It is said to have ended on %(first)s."),
        N_("It is said to have ended between %(first)s and %(last)s."),
        N_("It is said to have ended by %(last)s."),
        N_("It is said to have ended on %(first)s or later."),
    ),
)
_TELLINGS: Final = {
    EventStatus.OCCURRED: _OCCURRED,
    EventStatus.ANNOUNCED: _PLANNED,
    EventStatus.CANCELLED: _PLANNED,
    EventStatus.REPORTED: _REPORTED,
}
_APPROXIMATE: Final = N_(
    "The date is approximate: days shortly before or after it are possible too."
)
_UNCERTAIN: Final = N_("The date is uncertain.")
# Marks of an approximate or uncertain date.
_MARKS: Final = frozenset("~?%")


def date_in_words(language: Language, event: EventDocument) -> Iterator[str]:
    """Yield sentences about the days on which the event began and ended, never finer than they are known.

    No bounds are told of an approximate or uncertain date: it may lie outside them.
    """
    say = catalogue(language).gettext
    bounds, telling = event.date_bounds, _TELLINGS[EventStatus(event.status)]
    is_set = event.date.startswith(("{", "["))
    start, slash, end = (event.date, "", "") if is_set else event.date.partition("/")
    is_period = bool(slash) or event.date.startswith("{")
    if is_period or bounds.start != bounds.end:
        end = end if slash else start
        for text, other, sentences, days in (
            (start, end, telling.began, bounds.start),
            (end, start, telling.ended, bounds.end),
        ):
            if not _MARKS.intersection(text):
                # A mark of the other side holds for the days that this side has from it.
                known = _of_side(text) if slash and _MARKS.intersection(other) else days
                yield from _side(language, sentences, known)
    elif not _MARKS.intersection(start):
        is_day = bounds.start.earliest == bounds.start.latest
        yield _filled(language, say(telling.one_day if is_day else telling.some_day), bounds.start)
    if bounds.approximate:
        yield say(_APPROXIMATE)
    if bounds.uncertain:
        yield say(_UNCERTAIN)


def _of_side(text: str) -> DayRange:
    """Return the days of a side of an interval as it stands, without regard to the other side."""
    if text in ("", ".."):
        return DayRange(earliest=None, latest=None)
    bounds = parse_edtf(text)
    return DayRange(earliest=bounds.start_earliest, latest=bounds.end_latest)


def _side(language: Language, sentences: _Sentences, days: DayRange) -> Iterator[str]:
    match days.earliest, days.latest:
        case None, None:
            return
        case first, last if first == last:
            chosen = sentences.on
        case None, _:
            chosen = sentences.by
        case _, None:
            chosen = sentences.later
        case _:
            chosen = sentences.between
    yield _filled(language, catalogue(language).gettext(chosen), days)


def _filled(language: Language, sentence: str, days: DayRange) -> str:
    return sentence % {"first": _day(language, days.earliest), "last": _day(language, days.latest)}


def _day(language: Language, on: date | None) -> str:
    return date_text(language, on.isoformat()) if on else ""

"""The bounds of an event's date as sentences: no reader need know EDTF."""

from collections.abc import Iterator
from datetime import date

from app.documents.entities.event import DateBounds, DayRange
from app.domain.date_text import date_text
from app.domain.languages import Language
from app.formats.pages.catalogues import N_, catalogue

_BEGAN = (
    N_("It began on %(first)s."),
    N_("It began between %(first)s and %(last)s."),
    N_("It began by %(last)s; how long before is not known."),
    N_("It began on %(first)s or later."),
)
_ENDED = (
    N_("It ended on %(first)s."),
    N_("It ended between %(first)s and %(last)s."),
    N_("It ended by %(last)s."),
    N_("It ended on %(first)s or later, or has not ended."),
)
_ONE_DAY = N_("It is known to the day.")
_SOME_DAY = N_("It happened on a day, or on several days, from %(first)s to %(last)s.")
_APPROXIMATE = N_("The date is approximate.")
_UNCERTAIN = N_("The date is uncertain.")


def bounds_in_words(language: Language, bounds: DateBounds, *, period: bool) -> Iterator[str]:
    """Yield sentences about the days on which the event may have happened.

    `period` is whether the date has a beginning and an end, rather than being one date of any precision.
    """
    start, end = bounds.start, bounds.end
    say = catalogue(language).gettext
    if start == end and not period:
        one = start.earliest == start.latest
        yield say(_ONE_DAY) if one else _filled(language, say(_SOME_DAY), start)
    else:
        yield from _side(language, _BEGAN, start)
        yield from _side(language, _ENDED, end)
    if bounds.approximate:
        yield say(_APPROXIMATE)
    if bounds.uncertain:
        yield say(_UNCERTAIN)


def _side(
    language: Language, sentences: tuple[str, str, str, str], days: DayRange
) -> Iterator[str]:
    on, between, by, from_ = sentences
    match days.earliest, days.latest:
        case None, None:
            return
        case first, last if first == last:
            chosen = on
        case None, _:
            chosen = by
        case _, None:
            chosen = from_
        case _:
            chosen = between
    yield _filled(language, catalogue(language).gettext(chosen), days)


def _filled(language: Language, sentence: str, days: DayRange) -> str:
    return sentence % {"first": _day(language, days.earliest), "last": _day(language, days.latest)}


def _day(language: Language, on: date | None) -> str:
    return date_text(language, on.isoformat()) if on else ""

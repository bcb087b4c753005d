"""Query parameters of OGC API – Features: boxes, times and properties of the items of a collection."""

import re
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, Field

from app.domain.bounding_box import Box, checked_box
from app.domain.dates import DateError, parse_range
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.domain.values import CountryCode, PlaceId
from app.domain.vocabulary import Confidence, EventStatus, EventSubtype, EventType
from app.reading.parameters.common import MAX_VALUES, PlainNumber

# GDAL takes the maximum of the API definition as the size of its pages.
MOST_ITEMS: Final = 500
_DEFAULT_ITEMS: Final = 100
MOST_SKIPPED: Final = 1_000_000
_NUMBER: Final = re.compile(
    r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,25})?|\.[0-9]{1,25})(?:[eE][+-]?[0-9]{1,3})?"
)
# QGIS 3.22 sends this year for an open start. RFC 3339 has it, and `date` begins a year later.
_YEAR_ZERO: Final = "0000"
_LEAP_YEAR: Final = "2000"
_EARLIEST: Final = date.min.isoformat()
# RFC 3339 §5.6, with a day alone and, as GDAL sends it, a day before a lone `T`.
_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt]|[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,20})?([Zz]|[+-][0-9]{2}:[0-9]{2}))?"
)
_EXPECTED_BOX: Final = (
    "west,south,east,north in degrees, or with heights west,south,lowest,east,north,highest"
)


def parse_feature_box(text: str) -> Box:
    """Return the box of four or six numbers; heights do not count, as no place has one.

    Raises ValueError.
    """
    parts = text.split(",")
    if len(parts) not in (4, 6) or not all(_NUMBER.fullmatch(part.strip()) for part in parts):
        raise ValueError(f"expected {_EXPECTED_BOX}")
    numbers = [float(part) for part in parts]
    if len(numbers) == 6 and numbers[2] > numbers[5]:
        raise ValueError("the third number is the lowest height, and the sixth the highest")
    return checked_box(*(numbers if len(numbers) == 4 else (*numbers[:2], *numbers[3:5])))


def parse_feature_time(text: str) -> tuple[date, date]:
    """Return the first and the last day of an instant or an interval of RFC 3339, or of a date in EDTF.

    An instant means its day as it is written, since events are known to the day; one of the year 0000 means the
    first day of 0001, the earliest that a date can be. Raises DateError.
    """
    if text.count("/") > 1:
        raise DateError("an interval has one '/': write 2024-01-01T00:00:00Z/..")
    return parse_range("/".join(_day(part) for part in text.split("/")))


def _day(text: str) -> str:
    match = _TIME.fullmatch(text)
    if match is None:
        return text
    day, clock, offset = match.groups()
    if day.startswith(_YEAR_ZERO):
        _check_year_zero(text)
        return _EARLIEST
    if clock is not None:
        # It refuses a time that does not exist. A leap second does, at the end of a minute.
        parse_range(f"{day}T{clock.replace(':60', ':59')}{offset.upper()}")
    return day


def _check_year_zero(text: str) -> None:
    """Raise DateError for an instant that does not exist: 2000 is a leap year, as 0000 is."""
    try:
        parse_range(_day(text.replace(_YEAR_ZERO, _LEAP_YEAR, 1)))
    except DateError as error:
        raise DateError(str(error).replace(f"{_LEAP_YEAR}-", f"{_YEAR_ZERO}-")) from None


def _readable_box(text: str) -> str:
    if text:
        parse_feature_box(text)
    return text


def _readable_time(text: str) -> str:
    parse_feature_time(text)
    return text


class ItemsQuery(BaseModel):
    """Chooses a page of the items of a collection, and their form."""

    limit: Annotated[int, Field(ge=1), PlainNumber] = _DEFAULT_ITEMS
    cursor: Annotated[str, Field(max_length=2000)] = ""
    offset: Annotated[int, Field(ge=0, le=MOST_SKIPPED), PlainNumber] = 0
    bbox: Annotated[str, Field(max_length=300), AfterValidator(_readable_box)] = ""
    datetime: Annotated[
        list[Annotated[str, Field(max_length=200), AfterValidator(_readable_time)]],
        Field(max_length=MAX_VALUES),
    ] = []
    f: Literal["", "json", "html"] = ""
    lang: Language = DEFAULT_LANGUAGE

    @property
    def box(self) -> Box | None:
        """The box; None for the whole world."""
        return parse_feature_box(self.bbox) if self.bbox else None

    @property
    def times(self) -> list[tuple[date, date]]:
        """The first and last day of each time: GDAL sends one for each column that a filter names."""
        return [parse_feature_time(text) for text in self.datetime]


class EventItemsQuery(ItemsQuery):
    """Chooses events; a property must equal its parameter."""

    type: EventType | None = None
    subtype: EventSubtype | None = None
    status: EventStatus | None = None
    confidence: Confidence | None = None


class PlaceItemsQuery(ItemsQuery):
    """Chooses places; a property must equal its parameter."""

    country: CountryCode | None = None
    part_of: PlaceId | None = None

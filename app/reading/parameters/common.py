"""What the parameters of several lists share: ids, date ranges, instants, and the page asked for."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticKnownError

from app.domain.bounding_box import parse_box
from app.domain.dates import parse_range
from app.domain.instants import parse_instant, parse_moment
from app.domain.names.folding import fold
from app.domain.search.query import parse_query
from app.domain.values import SLUG_PATTERN, Slug
from app.domain.vocabulary import EventStatus, EventType

MAX_VALUES = 100
_WHOLE_NUMBER = re.compile("-?[0-9]+")

# Ids whose examples are of the right kind; those of `Slug` itself are participants.
PlaceId = Annotated[Slug, Field(examples=["moscow"])]
SourceId = Annotated[Slug, Field(examples=["tass-1865655"])]
Tag = Annotated[Slug, Field(examples=["strategic-dialogue"])]
TreatyId = Annotated[Slug, Field(examples=["friendship-treaty-1961"])]
Name = Annotated[str, Field(min_length=1, max_length=300, examples=["최선희"])]


class Certainty(StrEnum):
    """Whether an event could fall in the asked dates, or must."""

    POSSIBLE = "possible"
    CERTAIN = "certain"


class Total(StrEnum):
    """Whether the number of all hits is counted."""

    NONE = "none"
    EXACT = "exact"


def _readable_range(text: str) -> str:
    if text:
        parse_range(text)
    return text


def _readable_instant(text: str) -> str:
    if text:
        parse_instant(text)
    return text


def _readable_moment(text: str) -> str:
    if text:
        parse_moment(text)
    return text


def _slug(text: str) -> str:
    if text and not re.fullmatch(SLUG_PATTERN, text):
        raise ValueError("the name of a release has small letters, digits and hyphens: 2026-11")
    return text


def _readable_box(text: str) -> str:
    if text:
        parse_box(text)
    return text


def _searchable(text: str) -> str:
    if text:
        parse_query(text)
    return text


SearchText = Annotated[
    str,
    Field(
        max_length=300,
        description=(
            "Full text, in any script, over titles, summaries, tags, and every name and alias of "
            "participants, places and treaties. Words must all be found, in any of their English, "
            'French or Russian forms; `"phrase"` finds these very words in this order; `-word` '
            'and `-"phrase"` exclude. Case and accents do not count. Hangul is found within words.'
        ),
        examples=['"strategic partnership" Лавров -최선희'],
    ),
    AfterValidator(_searchable),
]


def _with_letters(text: str) -> str:
    if text and not fold(text):
        raise ValueError("a name has a letter or a digit")
    return text


SearchableName = Annotated[Name, AfterValidator(_with_letters)]
NameBeginning = Annotated[
    str, Field(max_length=300, examples=["Choe S"]), AfterValidator(_with_letters)
]
DateRange = Annotated[
    str,
    Field(
        max_length=200,
        description=(
            "EDTF date or interval (level 0 or 1), inclusive at its own precision; `..` or "
            "nothing leaves an end open: `2024`, `2024-06`, `2023-09/..`, `../1991-12-26`. "
            "Seasons are 21 (spring) to 24."
        ),
        examples=["2024-11"],
    ),
    AfterValidator(_readable_range),
]
DateCertainty = Annotated[
    Certainty,
    Field(
        description="With `date`: `possible` keeps what could overlap it, `certain` only what "
        "must. A date known to the month could be any of its days and must be none; the marks "
        "`~` and `?` leave a date where it is, and are in `date_bounds`."
    ),
]
Instant = Annotated[
    str,
    Field(
        max_length=40,
        description="RFC 3339, such as `2026-11-01T12:00:00Z`; a day alone is its beginning in UTC.",
        examples=["2026-01-01T00:00:00Z"],
    ),
    AfterValidator(_readable_instant),
]
AsOf = Annotated[
    str,
    Field(
        max_length=40,
        description="Answer from the data as they were: after the change of this number (`seq`), or "
        "at an instant (RFC 3339; a day alone is its beginning in UTC). Such an answer never changes.",
        examples=["2700"],
    ),
    AfterValidator(_readable_moment),
]
ReleaseName = Annotated[
    str,
    Field(
        max_length=120,
        description="Answer from the data as they were at a release: see `/v1/releases`.",
        examples=["2026-11"],
        # Declared only: `_slug` says better what is wrong.
        json_schema_extra={"pattern": f"^{SLUG_PATTERN}$"},
    ),
    AfterValidator(_slug),
]
BoundingBox = Annotated[
    str,
    Field(
        max_length=100,
        description="`west,south,east,north` in degrees (WGS 84); west of the antimeridian to east "
        "of it where `west` is the greater.",
        examples=["124,37,131,43"],
    ),
    AfterValidator(_readable_box),
]
EventTypes = Annotated[
    list[EventType], Field(max_length=MAX_VALUES, description="The event is one of these.")
]
EventStatuses = Annotated[
    list[EventStatus],
    Field(max_length=MAX_VALUES, description="Whether the event took place is one of these."),
]


def _plain_number(value: object) -> object:
    # Pydantic would take `5.0`, ` 5` and `1_0` as well; the document says integer.
    if isinstance(value, str) and not _WHOLE_NUMBER.fullmatch(value):
        raise PydanticKnownError("int_parsing")
    return value


PlainNumber = BeforeValidator(_plain_number)


class PagePosition(BaseModel):
    """Which part of a list."""

    limit: Annotated[
        int,
        Field(ge=1, le=200, description="Items on a page."),
        PlainNumber,
    ] = 50
    cursor: Annotated[
        str,
        Field(
            max_length=2000,
            description="From `page.next` of the page before; opaque, and bound to filters and sort.",
        ),
    ] = ""


class PageRequest(PagePosition):
    """Which part of a list, and whether all of it is counted."""

    total: Annotated[
        Total, Field(description="`exact` counts all hits; `none` leaves `page.total` null.")
    ] = Total.NONE

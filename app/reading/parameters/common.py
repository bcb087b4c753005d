"""Types that the query parameters of several lists share: ids, dates, instants and pages."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticKnownError

from app.domain.bounding_box import parse_box
from app.domain.dates import parse_range
from app.domain.days_of_year import parse_days
from app.domain.instants import parse_instant, parse_moment
from app.domain.labels.schemes import identifier_fault
from app.domain.names.folding import fold
from app.domain.search.query import parse_query
from app.domain.values import SLUG_PATTERN, PublisherId, check_characters, pattern
from app.domain.vocabulary import EventStatus, EventType

MAX_VALUES = 100
_WHOLE_NUMBER = re.compile("-?[0-9]+")


def _publisher_id(text: object) -> object:
    """Return the id that an English name of a publisher has: `tass` for TASS."""
    return "-".join(text.lower().split()) if isinstance(text, str) else text


AnyCasePublisherId = Annotated[PublisherId, BeforeValidator(_publisher_id)]
Name = Annotated[
    str,
    Field(min_length=1, max_length=300, examples=["최선희"]),
    AfterValidator(check_characters),
]


class Certainty(StrEnum):
    """Whether an event possibly overlaps the requested dates, or certainly."""

    POSSIBLE = "possible"
    CERTAIN = "certain"


class Total(StrEnum):
    """Whether all matches are counted."""

    NONE = "none"
    EXACT = "exact"


# A day of the year, 29 February included, as a pattern.
_DAY = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|[12][0-9]))"
)


def _readable_range(text: str) -> str:
    if text:
        parse_range(text)
    return text


def _readable_days(text: str) -> str:
    parse_days(text)
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
        raise ValueError(
            "the name of a release has lower-case letters, digits and single hyphens, such as 2026-11"
        )
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
            "Search in any script over titles, summaries, every name and alias of participants, places, "
            "treaties, offices and tags, the labels of types, dates and periods (`since 2023`) and the countries that took "
            "part: `Lavrov North Korea July 2025`. All words must occur, in any of their English, "
            "French or Russian forms and with any Korean particle; function and question words do not count, nor titles "
            "beside the name of a person. "
            '`"phrase"` matches exactly these words in this order; `-word` and `-"phrase"` exclude; `OR` '
            "joins two words or phrases; `word*` is the beginning of a word; `title:`, `name:` and "
            "`summary:` search one field. Case and accents do not count. Hangul also matches inside words."
        ),
        examples=['"strategic partnership" Лавров -최선희'],
    ),
    AfterValidator(_searchable),
]


def _with_letters(text: str) -> str:
    if text and not fold(text):
        raise ValueError("a name has a letter or a digit")
    return text


def _searchable_label(text: str) -> str:
    if text and not fold(text):
        raise ValueError("no letter or digit to search for")
    return text


def _any_case_scheme(text: object) -> object:
    """Return the identifier with its scheme in the one case that schemes have."""
    if not isinstance(text, str):
        return text
    scheme, colon, value = text.partition(":")
    return f"{scheme.lower()}{colon}{value}"


def _sound_identifier(text: str) -> str:
    scheme, _, value = text.partition(":")
    if scheme in ("http", "https"):
        raise ValueError(
            "found a URL, expected a scheme, a colon and an identifier, such as wikidata:Q58217"
        )
    if fault := identifier_fault(scheme, value):
        raise ValueError(fault)
    return text


IdentifiersElsewhere = Annotated[
    list[
        Annotated[
            str,
            StringConstraints(
                pattern=pattern(
                    r"^[a-z][a-z0-9_]{0,31}:[\x21-\x7e]{1,100}$",
                    expected="a scheme, a colon and an identifier, such as wikidata:Q58217",
                )
            ),
            BeforeValidator(_any_case_scheme),
            AfterValidator(_sound_identifier),
        ]
    ],
    Field(
        max_length=MAX_VALUES,
        description="It has one of these identifiers in another database, such as `wikidata:Q58217`, "
        "`viaf:96994048` or `isni:000000012281955X`.",
        examples=[["wikidata:Q58217"]],
    ),
]
SearchableName = Annotated[Name, AfterValidator(_with_letters)]
NameBeginning = Annotated[
    str, Field(max_length=300, examples=["Choe S"]), AfterValidator(_with_letters)
]
LabelText = Annotated[str, Field(max_length=100), AfterValidator(_searchable_label)]
DateRange = Annotated[
    str,
    Field(
        max_length=200,
        description=(
            "EDTF date or interval (level 0 or 1), inclusive: `2024-06` covers all days of June. `..` "
            "or nothing leaves an end open. Examples: `2024`, `2024-06`, `2023-09/..`, "
            "`../1991-12-26`. Seasons are 21 (spring) to 24 (winter)."
        ),
        examples=["2024-11"],
    ),
    AfterValidator(_readable_range),
]
DateRanges = Annotated[
    list[DateRange],
    Field(
        max_length=MAX_VALUES,
        description="The event happened on one of these dates: EDTF dates or intervals (level 0 or 1), "
        "inclusive. `2024-06` covers all days of June; `..` or nothing leaves an end open.",
    ),
]
DaysOfYear = Annotated[
    list[
        Annotated[
            str,
            Field(
                description="A day of any year, or a range of days: `10-12` or `08-10/08-20`. A range "
                "may cross the end of the year.",
                examples=["08-10/08-20"],
                # Declared only. `parse_days` checks it, with a better message.
                json_schema_extra={"maxLength": 11, "pattern": f"^{_DAY}(?:/{_DAY})?$"},
            ),
            AfterValidator(_readable_days),
        ]
    ],
    Field(
        max_length=MAX_VALUES,
        description="The event happened on one of these days in any year: `08-15`, or `08-10/08-20`.",
    ),
]
DateCertainty = Annotated[
    Certainty,
    Field(
        description="With `date`: `possible` keeps each event that may overlap it, `certain` only events "
        "that must. A date known to the month may be any of its days, and is certainly none of them. The "
        "marks `~` and `?` do not widen a date; `date_bounds` reports them."
    ),
]
# A fraction of a second may have any number of digits. More than these are not meant as one.
_MAX_INSTANT = 1000
Instant = Annotated[
    str,
    Field(
        max_length=_MAX_INSTANT,
        description="RFC 3339, such as `2026-11-01T12:00:00Z`; a day means its first instant in UTC.",
        examples=["2026-01-01T00:00:00Z"],
    ),
    AfterValidator(_readable_instant),
]
AsOf = Annotated[
    str,
    Field(
        max_length=_MAX_INSTANT,
        description="Answer from a past state of the data: after the change with this number (`seq`), or at "
        "an instant (RFC 3339; a day means its first instant in UTC). A year alone is the number of a change. Such an answer never changes.",
        examples=["3700"],
    ),
    AfterValidator(_readable_moment),
]
ReleaseName = Annotated[
    str,
    Field(
        max_length=120,
        description="Answer from the state of the data at this release; `/v1/releases` lists all names.",
        examples=["2026-11"],
        # Declared only. `_slug` checks it, with a better message.
        json_schema_extra={"pattern": f"^{SLUG_PATTERN}$"},
    ),
    AfterValidator(_slug),
]
BoundingBox = Annotated[
    str,
    Field(
        max_length=100,
        description="`west,south,east,north` in degrees (WGS 84); if `west` is greater than `east`, the "
        "box crosses the antimeridian.",
        examples=["124,37,131,43"],
    ),
    AfterValidator(_readable_box),
]
EventTypes = Annotated[
    list[EventType], Field(max_length=MAX_VALUES, description="The event has one of these types.")
]
EventStatuses = Annotated[
    list[EventStatus],
    Field(
        max_length=MAX_VALUES,
        description="The event has one of these statuses, which say whether it took place.",
    ),
]


def _plain_number(value: object) -> object:
    # Pydantic also accepts `5.0`, ` 5` and `1_0`, which are no integers in the OpenAPI document.
    if isinstance(value, str) and not _WHOLE_NUMBER.fullmatch(value):
        raise PydanticKnownError("int_parsing")
    return value


PlainNumber = BeforeValidator(_plain_number)


class PagePosition(BaseModel):
    """Chooses a page of a list."""

    limit: Annotated[
        int,
        Field(
            ge=0,
            le=200,
            description="The most items on a page; `0` answers only counts, and no further page.",
        ),
        PlainNumber,
    ] = 50
    cursor: Annotated[
        str,
        Field(
            max_length=2000,
            description="The `page.cursor` of the page before this one, or the `page.prev_cursor` of the page after it. Opaque; valid only with the same filters "
            "and sort.",
        ),
    ] = ""


class PageRequest(PagePosition):
    """Chooses a page of a list, and whether all matches are counted."""

    total: Annotated[
        Total, Field(description="`exact` counts all matches; `none` leaves `page.total` null.")
    ] = Total.NONE

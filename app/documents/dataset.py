"""What descriptions of the dataset need to know of its data."""

from datetime import date, datetime
from typing import NamedTuple


class DatasetFacts(NamedTuple):
    """The last change, 0 before the first, and when it was made; the days that events may cover."""

    seq: int
    modified_at: datetime | None
    first_on: date | None
    last_on: date | None

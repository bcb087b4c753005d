"""The facts about the data that descriptions of the dataset contain."""

from datetime import date, datetime
from typing import NamedTuple


class DatasetFacts(NamedTuple):
    """The number of the last change (0 for none), its time, and the days that the events span."""

    seq: int
    modified_at: datetime | None
    first_on: date | None
    last_on: date | None

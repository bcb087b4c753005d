"""A rule, and a breach of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.linting.index import RecordIndex
from app.records.models.base import Record


class Breach(NamedTuple):
    """A record that breaks a rule; `pointer` is a JSON pointer into it, and `text` gives the mistake.

    If two records break it together, an exception for the `other` one counts too.
    """

    record: Record
    pointer: str
    text: str
    other: Record | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A demand on the records. `id` is its name in findings and exceptions."""

    id: str
    demand: str
    reason: str
    check: Callable[[RecordIndex], Iterable[Breach]]

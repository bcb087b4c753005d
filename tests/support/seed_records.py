"""The seeds as records, read once for all tests that need them."""

from functools import cache
from typing import TypeVar

from app.domain.vocabulary import ParticipantKind
from app.records.models import ParticipantRecord
from app.records.models.base import Record
from app.records.parsing.files import read_files
from app.records.parsing.positions import LocatedRecord
from app.settings import PROJECT_ROOT

SEEDS = PROJECT_ROOT / "seeds"

R = TypeVar("R", bound=Record)


@cache
def read_seeds() -> list[LocatedRecord]:
    """Return all records of the seeds, with their files and lines."""
    located, errors = read_files([SEEDS])
    assert errors == []
    return located


def list_seeds(kind: type[R]) -> list[R]:
    """Return the records of one kind."""
    return [each.record for each in read_seeds() if isinstance(each.record, kind)]


def list_persons(*countries: str) -> list[ParticipantRecord]:
    """Return the persons of the countries, or all persons."""
    persons = [p for p in list_seeds(ParticipantRecord) if p.kind is ParticipantKind.PERSON]
    return [person for person in persons if not countries or person.country in countries]

"""The record of a withdrawal: the entity to delete, and the reason."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.domain.values import check_one_line
from app.domain.vocabulary import EntityKind
from app.records.models.base import Record


class WithdrawalRecord(Record):
    """The withdrawal of an entity. The change log keeps it and the reason; its id is never reused."""

    kind: EntityKind
    reason: Annotated[str, Field(min_length=1, max_length=500), AfterValidator(check_one_line)]

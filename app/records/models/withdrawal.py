"""The record of a withdrawal: an entity that is to be there no more, and why."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.domain.values import check_one_line
from app.domain.vocabulary import EntityKind
from app.records.models.base import Record


class WithdrawalRecord(Record):
    """What is withdrawn stays in the change log, with the reason, and its id is not given again."""

    kind: EntityKind
    reason: Annotated[str, Field(min_length=1, max_length=500), AfterValidator(check_one_line)]

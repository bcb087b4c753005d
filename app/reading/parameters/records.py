"""Query parameters of the export of records."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.vocabulary import EntityKind
from app.reading.parameters.common import MAX_VALUES


class ChosenRecords(BaseModel):
    """Chooses records by the kind of their entity."""

    kind: Annotated[
        list[EntityKind],
        Field(max_length=MAX_VALUES, description="Only records of these kinds."),
    ] = []

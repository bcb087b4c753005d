"""Table Schema (https://datapackage.org/standard/table-schema/): what the columns of a table hold."""

from enum import StrEnum

from pydantic import MISSING, ConfigDict, Field
from pydantic.alias_generators import to_camel

from app.documents.entities.base import SparseDocumentPart


class FieldType(StrEnum):
    """What the cells of a column are."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    LIST = "list"
    OBJECT = "object"
    ARRAY = "array"


class PackagePart(SparseDocumentPart):
    """A part of a Data Package: keys as its standard writes them, those without a value left out."""

    model_config = ConfigDict(alias_generator=to_camel)


class FieldConstraints(PackagePart):
    """What holds for each cell of a column."""

    required: bool = Field(description="No cell is empty.")
    unique: bool = Field(description="No two cells are equal.")
    pattern: str | MISSING = MISSING
    enum: list[str] | MISSING = MISSING
    minimum: float | MISSING = MISSING
    maximum: float | MISSING = MISSING
    max_length: int | MISSING = MISSING


class TableField(PackagePart):
    """A column."""

    name: str
    type: FieldType
    format: str | MISSING = Field(default=MISSING, description="How a date-time is written.")
    delimiter: str | MISSING = Field(default=MISSING, description="What stands between the items.")
    description: str | MISSING = MISSING
    constraints: FieldConstraints


class ForeignKeyReference(PackagePart):
    """What a key refers to."""

    resource: str
    fields: list[str]


class ForeignKey(PackagePart):
    """Columns that name a row of another table."""

    fields: list[str]
    reference: ForeignKeyReference


class TableSchema(PackagePart):
    """The columns of a table, in their order, and its keys."""

    fields: list[TableField]
    primary_key: list[str]
    foreign_keys: list[ForeignKey]

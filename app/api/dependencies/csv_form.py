"""Query parameters that choose the form of a CSV file."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import PydanticKnownError

from app.formats.tables.csv import CsvDialect, Delimiter


def _plain_boolean(value: object) -> object:
    # Pydantic also accepts `1`, `yes` and `on`, which are no booleans in the OpenAPI document.
    if isinstance(value, str) and value not in ("true", "false"):
        raise PydanticKnownError("bool_parsing")
    return value


class CsvForm(BaseModel):
    """Chooses how a CSV file is written."""

    bom: Annotated[
        bool,
        Field(
            description="Begin with a byte order mark, which tells Excel that the text is UTF-8."
        ),
        BeforeValidator(_plain_boolean),
    ] = False
    delimiter: Annotated[
        Delimiter,
        Field(
            description="The character between two cells. Excel opens files with the one of its locale: "
            "a `semicolon` in much of Europe. Numbers have a decimal point in any case."
        ),
    ] = Delimiter.COMMA

    @property
    def dialect(self) -> CsvDialect:
        """The form as the writer takes it."""
        return CsvDialect(self.delimiter, self.bom)

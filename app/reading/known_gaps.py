"""The gaps that the editors know of: `gaps.toml` in the folder of the seeds."""

import tomllib
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from app.documents.coverage import KnownGap
from app.records.parsing.errors import describe_error

FILE_NAME: Final = "gaps.toml"


class KnownGapsFile(BaseModel):
    """The content of the file."""

    model_config = ConfigDict(extra="forbid")

    gaps: list[KnownGap] = []


class KnownGapsError(Exception):
    """The file cannot be used; the message has its name and the mistake."""


def read_known_gaps(seeds: Path) -> list[KnownGap]:
    """Return the known gaps by date, none without a file; raises KnownGapsError."""
    path = seeds / FILE_NAME
    if not path.is_file():
        return []
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        gaps = KnownGapsFile.model_validate(content).gaps
    except ValidationError as invalid:
        pointer, problem = describe_error(invalid.errors()[0], KnownGapsFile, content)
        raise KnownGapsError(f"{path}: {pointer}: {problem}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnownGapsError(f"{path}: cannot be read: {error}") from None
    return sorted(gaps, key=lambda gap: gap.date)

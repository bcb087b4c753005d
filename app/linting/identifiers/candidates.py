"""Candidates for identifiers: a CSV file with an identifier in each row, and facts about its bearer."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import nan
from pathlib import Path
from typing import Final

from app.domain.csv_cells import split_values
from app.domain.dates import DateError, parse_range
from app.domain.labels.schemes import SCHEMES, identifier_fault

REQUIRED: Final = ("scheme", "value", "name", "page", "read_on")
FACTS: Final = ("country", "office", "from", "to", "latitude", "longitude")


@dataclass(frozen=True, slots=True)
class IdentifierCandidate:
    """An identifier, and facts about its bearer. Facts that the row does not give are empty.

    `office` is an id of this timeline, `held` the EDTF date of the time in it, and `point` the latitude
    and the longitude in degrees.
    """

    scheme: str
    value: str
    names: tuple[str, ...]
    page: str
    read_on: date
    country: str
    office: str
    held: str
    point: tuple[float, float] | None
    line: int


class CandidatesError(Exception):
    """A file of candidates that cannot be used; the message has the file, the line and the mistake."""


def read_candidates(path: Path) -> list[IdentifierCandidate]:
    """Return the candidates in a file; raises CandidatesError for the first that is malformed."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            columns = reader.fieldnames or ()
            _check_columns(path, columns)
            return [_candidate(row, f"{path}:{reader.line_num}", reader.line_num) for row in reader]
    except OSError as error:
        raise CandidatesError(f"{path}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise CandidatesError(f"{path}: cannot be read: {error}") from None


def _check_columns(path: Path, columns: object) -> None:
    given = list(columns) if isinstance(columns, list) else []
    if missing := [name for name in REQUIRED if name not in given]:
        raise CandidatesError(f"{path}:1: the header lacks {', '.join(missing)}")
    if unknown := [str(name) for name in given if name not in (*REQUIRED, *FACTS)]:
        known = ", ".join((*REQUIRED, *FACTS))
        raise CandidatesError(f"{path}:1: unknown column {', '.join(unknown)}; known: {known}")


def _candidate(row: Mapping[str | None, object], at: str, line: int) -> IdentifierCandidate:
    if None in row or None in row.values():
        raise CandidatesError(f"{at}: the row has another number of cells than the header")
    cells = {str(name): str(cell).strip() for name, cell in row.items()}
    if empty := [name for name in REQUIRED if not cells[name]]:
        raise CandidatesError(f"{at}: {', '.join(empty)} is empty")
    scheme, value = cells["scheme"], cells["value"]
    if scheme not in SCHEMES:
        raise CandidatesError(f"{at}: unknown scheme {scheme!r}; known: {', '.join(SCHEMES)}")
    if fault := identifier_fault(scheme, value):
        raise CandidatesError(f"{at}: {value!r} is {fault}")
    try:
        read_on = _day(cells["read_on"])
        held = _held(cells)
        point = _point(cells)
    except (ValueError, DateError) as error:
        raise CandidatesError(f"{at}: {error}") from None
    return IdentifierCandidate(
        scheme=scheme,
        value=value,
        names=tuple(map(str, split_values(cells["name"]))),
        page=cells["page"],
        read_on=read_on,
        country=cells.get("country", ""),
        office=cells.get("office", ""),
        held=held,
        point=point,
        line=line,
    )


def _held(cells: Mapping[str, str]) -> str:
    """Return the time in the office as an EDTF interval; it is open where the row has no date."""
    first, last = cells.get("from", ""), cells.get("to", "")
    if not first and not last:
        return ""
    held = f"{first or '..'}/{last or '..'}"
    parse_range(held)
    return held


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"read_on is {text!r}: write a day such as 2026-11-29") from None


def _point(cells: Mapping[str, str]) -> tuple[float, float] | None:
    latitude, longitude = cells.get("latitude", ""), cells.get("longitude", "")
    if bool(latitude) != bool(longitude):
        raise ValueError("give both latitude and longitude, or neither")
    if not latitude:
        return None
    return _degrees("latitude", latitude, 90), _degrees("longitude", longitude, 180)


def _degrees(column: str, cell: str, most: int) -> float:
    """Return the number in a cell. Raises ValueError for another text, and beyond `most` on both sides."""
    try:
        number = float(cell)
    except ValueError:
        number = nan
    if not -most <= number <= most:
        raise ValueError(
            f"{column} is {cell!r}: write a number from -{most} to {most}, with a decimal point"
        )
    return number

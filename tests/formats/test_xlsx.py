"""Workbooks, read back by openpyxl."""

import csv
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from app.documents.entities.event import DateBounds, EventDocument
from app.documents.entities.event_rows import date_bounds
from app.domain.languages import Language
from app.formats.tables import xlsx
from app.formats.tables.citation_columns import citation_columns
from app.formats.tables.event_columns import EVENT_COLUMNS
from app.formats.tables.participation_columns import participation_columns
from app.formats.tables.xlsx import TooManyRowsError, write_xlsx
from tests.support.builders import NASTY, make_event_document
from tests.support.office import EACH_SHEET, convert

TEXTS = [
    "=1+1",
    "+1",
    "@x",
    "'=1",
    "2024-06",
    "01234",
    "1e3",
    "TRUE",
    "https://example.org/a b",
    "mailto:a@example.org",
    "_x0041_",
    "a\nb\tc",
    "<r><t>rich</t></r>",
    "<r>&</r>",
    "최선희, Цой & <b>",
    NASTY,
]


def _bytes(*events: EventDocument, language: Language = Language.EN) -> bytes:
    return b"".join(write_xlsx(events, language))


def _sheets(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Return the cells of each sheet, row by row."""
    return {sheet.title: [*sheet.iter_rows()] for sheet in load_workbook(BytesIO(data))}


def _row(event: EventDocument, sheet: str = "events") -> dict[str, Any]:
    """Return the cells of the first row of a sheet, by column."""
    header, row, *_ = _sheets(_bytes(event))[sheet]
    return {name.value: cell for name, cell in zip(header, row, strict=True)}


def test_each_sheet_has_its_columns_and_rows() -> None:
    sheets = _sheets(_bytes(make_event_document(), make_event_document("2024-11-02-talks")))

    headers = {name: [cell.value for cell in rows[0]] for name, rows in sheets.items()}
    assert headers == {
        "events": [*EVENT_COLUMNS],
        "participations": [*participation_columns(Language.EN)],
        "sources": [*citation_columns(Language.EN)],
    }
    ids = {name: [row[0].value for row in rows[1:]] for name, rows in sheets.items()}
    both = ["2024-11-01-talks", "2024-11-02-talks"]
    assert ids == {"events": both, "participations": sorted(both * 2), "sources": both}


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_a_text_stays_a_text(text: str) -> None:
    event = make_event_document().model_copy(update={"note": text})
    event.title.en = text

    row = _row(event)

    # The reader leaves the escapes of the format (ECMA-376, ST_Xstring) as they are.
    assert [unescape(row[name].value) for name in ("title", "note")] == [text, text]
    assert {row["title"].data_type, row["note"].data_type} <= {"s", "inlineStr"}
    assert row["title"].hyperlink is None


@pytest.mark.parametrize("date", ["2024-11-01", "2024-11", "2024", "1961-07-06/..", "2024-06~"])
def test_an_edtf_date_is_a_text_and_its_days_are_dates(date: str) -> None:
    row = _row(make_event_document(date=date))

    bounds = DateBounds.model_validate(date_bounds(date))
    assert (row["date"].value, row["date"].data_type) == (date, "s")
    assert row["start_earliest"].is_date
    assert row["start_earliest"].value.date() == bounds.start.earliest
    end = row["end_latest"].value
    assert (end and end.date()) == bounds.end.latest


@pytest.mark.parametrize(
    ("date", "value"),
    [("1884-07-07", "1884-07-07"), ("1900-02-28", "1900-02-28"), ("1900-03-01", None)],
)
def test_a_day_before_march_1900_is_a_text(date: str, value: str | None) -> None:
    cell = _row(make_event_document(date=date))["start_earliest"]

    assert cell.is_date is (value is None)
    assert value is None or cell.value == value


def test_numbers_and_truth_values_keep_their_types() -> None:
    row = _row(make_event_document())

    assert row["latitude"].value == 55.75
    assert row["date_approximate"].value is False
    assert row["revision"].value == 1
    assert row["treaty_id"].value is None


def test_a_participation_and_a_source_have_a_row() -> None:
    office = {"id": "minister", "name": {"en": "Minister", "fr": "Ministre"}, "rank": "minister"}
    event = make_event_document()
    event = EventDocument.model_validate(
        {
            **event.model_dump(mode="json"),
            "participants": [
                {**each.model_dump(mode="json"), "office": office} for each in event.participants
            ],
        }
    )

    sheets = _sheets(_bytes(event, language=Language.FR))

    part, source = (
        {name.value: cell.value for name, cell in zip(rows[0], rows[1], strict=True)}
        for rows in (sheets["participations"], sheets["sources"])
    )
    assert (part["participant_id"], part["role"], part["side"]) == ("sergey-lavrov", "host", "RU")
    assert (part["office_name"], part["rank"]) == ("Ministre", "minister")
    assert (source["source_id"], source["publisher_name"]) == ("tass-1", "TASS")
    assert (source["url"], source["spans_of_evidence"]) == ("https://example.org/tass-1", 0)


def test_the_same_events_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = _bytes(make_event_document())
    # A time zone must not show in the times of the archive.
    monkeypatch.setenv("TZ", "Asia/Pyongyang")
    moment = os.path.getmtime(__file__)
    monkeypatch.setattr("time.time", lambda: moment + 10**8)

    assert _bytes(make_event_document()) == first


def test_a_text_that_is_too_long_for_a_cell_is_cut_visibly() -> None:
    event = make_event_document()
    event.title.en = "é" * 32_767
    event.summary.en = "😀" * 16_384

    row = _row(event)

    assert row["title"].value == "é" * 32_767
    assert row["summary"].value == "😀" * 16_383 + "…"


def test_more_rows_than_the_format_allows_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    events = [make_event_document(), make_event_document("2024-11-02-talks")]

    with pytest.raises(TooManyRowsError, match="at most 3 rows, and the sheet 'participations'"):
        _bytes(*events)

    assert [*tmp_path.iterdir()] == []


def test_an_abandoned_workbook_leaves_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    chunks = write_xlsx([make_event_document()], Language.EN)
    next(iter(chunks))

    assert [*tmp_path.iterdir()] != []
    assert isinstance(chunks, Iterator)
    chunks.close()  # type: ignore[attr-defined]
    assert [*tmp_path.iterdir()] == []


@pytest.mark.office
def test_opens_in_libreoffice(tmp_path: Path) -> None:
    event = make_event_document(date="1961-07-06", note="=1+1", title={"en": "<r><t>x</t></r>"})
    path = tmp_path / "events.xlsx"
    path.write_bytes(_bytes(event))

    folder = convert(path, EACH_SHEET)

    header, row = _lines(folder / "events-events.csv")
    shown = dict(zip(header, row, strict=True))
    assert (shown["date"], shown["start_earliest"]) == ("1961-07-06", "1961-07-06")
    assert (shown["note"], shown["title"]) == ("=1+1", "<r><t>x</t></r>")
    assert len(_lines(folder / "events-participations.csv")) == 3
    assert len(_lines(folder / "events-sources.csv")) == 2


def _lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file)]

import json
from html import unescape
from typing import Any

import pytest

from app.documents.entities.event import EventDocument
from app.domain.languages import Language
from app.formats.events.timelinejs import write_timelinejs
from tests.support.builders import NASTY, make_event_document


def _slides(*events: EventDocument, language: Language = Language.EN) -> list[Any]:
    written = json.loads(write_timelinejs(events, language))
    assert written.keys() == {"events"}
    for slide in written["events"]:
        _check(slide)
    return list(written["events"])


def _check(slide: Any) -> None:
    """Check the documented rules: a start has a year, a day a month, and an end follows its start."""
    dates = [slide[key] for key in ("start_date", "end_date") if key in slide]
    assert "start_date" in slide and slide["text"].keys() == {"headline", "text"}
    for date in dates:
        assert [*date] == ["year", "month", "day"][: len(date)]
    ordered = [tuple(date.values()) for date in dates]
    assert ordered == sorted(ordered)


def test_a_slide_has_every_field() -> None:
    (slide,) = _slides(make_event_document(), language=Language.FR)

    text = slide["text"].pop("text")
    assert slide == {
        "start_date": {"year": 2024, "month": 11, "day": 1},
        "text": {"headline": "Entretiens"},
        "group": "Rencontre",
        "unique_id": "2024-11-01-talks",
    }
    assert text.startswith(
        "<p>Rencontre (Consultations)\N{NO-BREAK SPACE}: sergey-lavrov, choe-son-hui</p>"
    )


def test_without_events_there_are_no_slides() -> None:
    assert _slides() == []


@pytest.mark.parametrize(
    ("edtf", "start", "end", "display"),
    [
        pytest.param("2024-06-18", [2024, 6, 18], None, None, id="day"),
        pytest.param("2024-06", [2024, 6], None, None, id="month"),
        pytest.param("2024", [2024], None, None, id="year"),
        pytest.param("2024-06-18/2024-06-19", [2024, 6, 18], [2024, 6, 19], None, id="days"),
        pytest.param("2024-06/2024-08", [2024, 6], [2024, 8], None, id="months"),
        pytest.param("2024-06-18/2025", [2024, 6, 18], [2025], None, id="mixed"),
        pytest.param(
            "2024-06-18/2024-06",
            [2024, 6, 18],
            None,
            "18 June 2024 – June 2024",
            id="end within the start",
        ),
        pytest.param("195X", [1950], None, "1950s", id="decade"),
        pytest.param("2024-21", [2024, 3], None, "spring 2024", id="season"),
        pytest.param("2024-06-18~", [2024, 6, 18], None, "about 18 June 2024", id="about a day"),
        pytest.param("2024?", [2024], None, "2024 (uncertain)", id="doubtful year"),
        pytest.param(
            "[2024-06-18,2024-06-20]", [2024, 6, 18], None, "18 or 20 June 2024", id="one of"
        ),
        pytest.param(
            "{2024-06-18,2024-06-20}",
            [2024, 6, 18],
            [2024, 6, 20],
            "18 and 20 June 2024",
            id="all of",
        ),
        pytest.param(
            "[2018-10,2018-11]", [2018, 10], None, "October or November 2018", id="months"
        ),
        pytest.param("2018-24", [2018, 12], None, "winter 2018/19", id="winter"),
        pytest.param("2018-10-22/..", [2018, 10, 22], None, "from 22 October 2018", id="open end"),
        pytest.param("../1991-12", [1991, 12], None, "until December 1991", id="open start"),
    ],
)
def test_a_date_has_only_known_parts(
    edtf: str, start: list[int], end: list[int] | None, display: str | None
) -> None:
    (slide,) = _slides(make_event_document(date=edtf))

    assert list(slide["start_date"].values()) == start
    assert list(slide.get("end_date", {}).values()) == (end or [])
    assert slide.get("display_date") == display


def test_texts_are_escaped() -> None:
    (slide,) = _slides(make_event_document(title={"en": NASTY}, summary={"en": NASTY}))

    assert unescape(slide["text"]["headline"]) == NASTY
    assert "<script" not in json.dumps(slide)

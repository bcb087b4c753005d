"""A bar shows the time in force, and an arrow an end or a beginning that nobody knows."""

from datetime import date

import pytest

from app.documents.entities.treaty import TreatyDocument, TreatyStage
from app.formats.pages.timeline import axis_of, draw

_SIGNED = {
    "event": "1961-07-06-signed",
    "stage": "signed",
    "date": "1961-07-06",
    "status": "occurred",
}


def _treaty(since: str | None, until: str | None) -> TreatyDocument:
    return TreatyDocument.model_validate(
        {
            "id": "treaty",
            "revision": 1,
            "created_at": "2026-11-21T12:00:00Z",
            "updated_at": "2026-11-21T12:00:00Z",
            "kind": "treaty",
            "names": {"en": "Treaty"},
            "aliases": [],
            "parties": ["RU", "KP"],
            "registration": None,
            "stages": [_SIGNED],
            "in_force": {"from": since, "to": until, "known": bool(since or until)},
        }
    )


@pytest.mark.parametrize("since", ["1961-09-10", None])
@pytest.mark.parametrize("until", ["1996-09-10", None])
def test_an_unknown_beginning_or_end_is_drawn_open(since: str | None, until: str | None) -> None:
    treaty = _treaty(since, until)

    bar = draw(treaty, axis_of([treaty], date(2026, 11, 30))).bar

    assert bar is not None
    assert (bar.open_start, bar.open_end) == (since is None, until is None)


@pytest.mark.parametrize("status", ["announced", "cancelled"])
def test_a_signing_that_did_not_take_place_begins_no_bar(status: str) -> None:
    planned = {**_SIGNED, "date": "1959-07", "status": status}
    treaty = _treaty(None, None)
    signed, unsigned = (
        treaty.model_copy(update={"stages": [TreatyStage.model_validate(each) for each in stages]})
        for stages in ([planned, _SIGNED], [planned])
    )
    axis = axis_of([signed], date(2026, 11, 30))

    bar = draw(signed, axis).bar

    assert bar is not None
    assert bar.x == axis.place(date(1961, 7, 6))
    assert draw(unsigned, axis).bar is None
    assert len(draw(unsigned, axis).marks) == 1

"""Events of single sentences of agency copy, whose dates, moods and names are easily misread."""

from datetime import date
from typing import Any

import pytest

from app.documents.draft import DraftDocument, DraftEvent
from app.domain.languages import Language
from app.drafting.draft import Drafter


def _draft(drafter: Drafter, language: str, text: str, published: str) -> DraftDocument:
    return drafter.draft(text, date.fromisoformat(published), Language(language))


def _told(event: DraftEvent) -> tuple[Any, ...]:
    people = {p.id or f"?{p.name}": p.role.value for p in event.participants}
    return event.type.value, event.status.value, event.date, people


HEADS = [
    ("en", "MOSCOW, December 3 (TASS) -- Sergey Lavrov met Choe Son Hui {}.", "on Monday", "2024-12-02"),
    ("fr", "PYONGYANG, 3 décembre — Choe Son-hui a reçu Sergueï Lavrov {}.", "hier", "2024-12-02"),
    ("ru", "МОСКВА, 3 декабря. /ТАСС/. Сергей Лавров принял Цой Сон Хи {}.", "вчера", "2024-12-02"),
    ("ko", "(모스크바 12월 3일발 조선중앙통신) 최선희 외무상이 {} 세르게이 라브로프 외무상을 만났다.", "2일", "2024-12-02"),
]  # fmt: skip


@pytest.mark.parametrize("days", [0, 1, 3])
@pytest.mark.parametrize(("language", "text", "when", "expected"), HEADS)
def test_relative_dates_refer_to_the_day_at_the_head(
    drafter: Drafter, days: int, language: str, text: str, when: str, expected: str
) -> None:
    draft = _draft(drafter, language, text.format(when), f"2024-12-{3 + days:02}")

    assert [event.date for event in draft.events] == [expected]


@pytest.mark.parametrize("days", [0, 1, 3])
@pytest.mark.parametrize(("language", "text", "when", "expected"), HEADS)
def test_the_day_at_the_head_is_not_the_day_of_the_act(
    drafter: Drafter, days: int, language: str, text: str, when: str, expected: str
) -> None:
    draft = _draft(drafter, language, text.format(""), f"2024-12-{3 + days:02}")

    assert draft.events == []
    assert len(draft.left_out) == 1

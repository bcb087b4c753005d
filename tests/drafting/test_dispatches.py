"""Scores on the synthetic dispatches that lie beside the project; without them the test is skipped."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.domain.languages import Language
from app.drafting.draft import Drafter
from app.settings import PROJECT_ROOT
from tests.support.dispatch_scores import Scores, score_article

FOLDER = Path(os.environ.get("DISPATCHES", PROJECT_ROOT.parent / "shared" / "dispatches" / "open"))

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the dispatches are not at hand")


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    """The gold records."""
    articles: list[dict[str, Any]] = yaml.load(
        (FOLDER / "gold.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )["articles"]
    return articles


def _text(article: dict[str, Any]) -> str:
    return (FOLDER / f"{article['id']}.txt").read_text("utf-8")


@pytest.mark.parametrize("days_later", [0, 1])
@pytest.mark.parametrize("language", Language)
def test_scores(
    drafter: Drafter, gold: list[dict[str, Any]], language: Language, days_later: int
) -> None:
    """The scores hold for texts published on the day of their datelines, and on the day after."""
    scores = Scores()
    for article in gold:
        if article["language"] == language:
            text = _text(article)
            published = date.fromisoformat(article["published"]) + timedelta(days_later)
            draft = drafter.draft(text, published, language)
            score_article(scores, article, text, draft.model_dump(mode="json"))

    told = "\n".join([scores.line(), *scores.misses])
    assert scores.recall >= 0.8, told
    assert scores.precision >= 0.7, told
    assert scores.people_f1 >= 0.9, told
    assert scores.dates >= 0.85 * scores.found, told
    assert scores.types_first >= 0.75 * scores.asked, told
    assert scores.types_two >= 0.9 * scores.found, told
    assert scores.spans_right >= 0.85 * scores.spans_drafted, told
    assert (scores.of_none, scores.false_identities) == (0, 0), told

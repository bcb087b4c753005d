"""The articles of the seeds were drafted by `timeline draft`, and then reviewed."""

from pathlib import Path

from app.drafting.draft import Drafter
from tests.support.seed_articles import FOLDER, compare


def test_a_draft_has_no_event_that_nobody_has_reviewed(drafter: Drafter, articles: Path) -> None:
    comparisons = [compare(drafter, path, articles) for path in FOLDER.glob("*.yaml")]

    assert [event for each in comparisons for event in each.unreviewed] == []
    # docs/drafting.md states this figure.
    assert sum(len(each.found) for each in comparisons) == 6
    assert sum(len(each.reviewed) for each in comparisons) == 12

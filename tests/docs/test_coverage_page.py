"""docs/coverage.md is the output of `timeline coverage` over the seeds."""

from app.tables.database import Database
from tests.docs.refresh import COVERAGE, page_on_coverage


def test_the_page_is_current(seeded: Database) -> None:
    """If this fails, run `make examples`."""
    assert COVERAGE.read_text() == page_on_coverage(seeded)

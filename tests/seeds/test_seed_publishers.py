"""The publishers of the seeds; `timeline lint` checks the rest."""

from app.records.models import SourceRecord
from tests.support.seed_records import list_seeds


def test_only_sources_that_name_no_outlet_lack_a_publisher() -> None:
    lacking = [each.id for each in list_seeds(SourceRecord) if each.publisher is None]

    assert lacking == ["article-32bf51e976ece39f", "article-760c6a3b12367f31"]

"""The tags of the seeds keep the rules under Tags in seeds/README.md."""

from collections import Counter

from app.records.models import EventRecord, TagRecord
from tests.support.seed_records import list_seeds

LANGUAGES = {"en", "fr", "ru", "ko"}


def test_a_tag_has_a_name_and_a_definition_in_four_languages() -> None:
    tags = list_seeds(TagRecord)

    assert len(tags) > 90
    for tag in tags:
        assert tag.names.model_dump().keys() == LANGUAGES, tag.id
        assert tag.definition is not None and tag.definition.model_dump().keys() == LANGUAGES, (
            tag.id
        )


def test_tags_of_an_event_are_sorted() -> None:
    assert [e.id for e in list_seeds(EventRecord) if e.tags != sorted(e.tags)] == []


def test_almost_every_event_has_a_tag() -> None:
    counts = Counter(bool(event.tags) for event in list_seeds(EventRecord))

    assert counts[False] <= 3

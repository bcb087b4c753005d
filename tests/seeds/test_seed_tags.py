"""The tags of the seeds keep the rules under Tags in seeds/README.md."""

from collections import Counter, defaultdict

from app.records.models import EventRecord, TagRecord
from tests.support.seed_records import list_seeds

LANGUAGES = {"en", "fr", "ru", "ko"}


def _broader() -> dict[str, str | None]:
    return {tag.id: tag.broader for tag in list_seeds(TagRecord)}


def _all_broader(tag: str) -> set[str]:
    """Return the tags above this one."""
    broader = _broader()
    above: set[str] = set()
    while (next_one := broader[tag]) is not None:
        above.add(next_one)
        tag = next_one
    return above


def test_a_tag_has_a_name_and_a_definition_in_four_languages() -> None:
    tags = list_seeds(TagRecord)

    assert len(tags) > 90
    for tag in tags:
        assert tag.names.model_dump().keys() == LANGUAGES, tag.id
        assert tag.definition is not None and tag.definition.model_dump().keys() == LANGUAGES, (
            tag.id
        )


def test_no_two_tags_share_a_name() -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for tag in list_seeds(TagRecord):
        for language, name in tag.names.model_dump().items():
            owners[f"{language}: {name.casefold()}"].add(tag.id)

    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_every_tag_is_used_or_has_narrower_tags() -> None:
    used = {tag for event in list_seeds(EventRecord) for tag in event.tags}

    assert set(_broader()) - used - set(_broader().values()) == set()


def test_an_event_has_the_narrowest_tags_only() -> None:
    for event in list_seeds(EventRecord):
        above = {broader for tag in event.tags for broader in _all_broader(tag)}
        assert set(event.tags) & above == set(), event.id


def test_tags_of_an_event_are_sorted() -> None:
    assert [e.id for e in list_seeds(EventRecord) if e.tags != sorted(e.tags)] == []


def test_almost_every_event_has_a_tag() -> None:
    counts = Counter(bool(event.tags) for event in list_seeds(EventRecord))

    assert counts[False] <= 3

"""The publishers of the seeds, and the addresses of their sources."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from app.domain.names.folding import fold
from app.records.models import PublisherRecord, SourceRecord
from tests.support.seed_records import list_seeds

# Hosts that keep pages of other sites. A page there is an `archived_url`.
WEB_ARCHIVES = re.compile(r"(^|[/.])(web\.archive\.org|archive\.(is|ph|today|md|fo|li|vn))/")
# The same page for phones, or in another frame.
HOST_OF_A_VIEW = re.compile(r"^(www\d*|m|mobile|amp|light)\.")
PATH_OF_A_VIEW = re.compile(r"(/amp|/print|\.amp)?/?$")


def page_of(url: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return one value for all addresses of a page: any scheme, view and order of parameters."""
    parts = urlsplit(url)
    host = HOST_OF_A_VIEW.sub("", (parts.hostname or "").rstrip("."))
    query = sorted(pair for pair in parse_qsl(parts.query) if not pair[0].startswith("utm_"))
    return host, PATH_OF_A_VIEW.sub("", parts.path), tuple(query)


def _used() -> Iterator[str | None]:
    for source in list_seeds(SourceRecord):
        yield from (source.publisher, source.agency)
    for publisher in list_seeds(PublisherRecord):
        yield publisher.house


def test_every_publisher_is_used() -> None:
    assert {each.id for each in list_seeds(PublisherRecord)} - {*_used()} == set()


def test_only_sources_that_name_no_outlet_lack_a_publisher() -> None:
    lacking = [each.id for each in list_seeds(SourceRecord) if each.publisher is None]

    assert lacking == ["article-32bf51e976ece39f", "article-760c6a3b12367f31"]


def test_an_agency_is_not_the_publisher_itself() -> None:
    for source in list_seeds(SourceRecord):
        assert source.agency is None or source.agency != source.publisher, source.id


def test_a_house_copies_nobody() -> None:
    houses = {each.id: each.house for each in list_seeds(PublisherRecord)}

    assert [id for id, house in houses.items() if house and houses[house]] == []


def test_no_two_publishers_share_a_name() -> None:
    """Names and aliases are compared as the search compares them, without case and accents."""
    names = Counter(
        name
        for each in list_seeds(PublisherRecord)
        for name in {fold(text) for text in (*each.names.model_dump().values(), *each.aliases)}
    )

    assert [name for name, count in names.items() if count > 1] == []


def test_no_address_is_in_two_sources() -> None:
    pages = Counter(page_of(str(each.url)) for each in list_seeds(SourceRecord) if each.url)

    assert [page for page, count in pages.items() if count > 1] == []


def test_two_views_of_a_page_are_one_address() -> None:
    views = [
        "https://www.example.org/a/1?x=1&y=2",
        "http://m.example.org./a/1/amp?y=2&x=1&utm_source=feed",
        "http://example.org/a/1/?x=1&y=2#top",
    ]

    assert len({page_of(view) for view in views}) == 1
    assert page_of("https://example.org/a/2?x=1&y=2") != page_of(views[0])


def test_the_url_of_an_archived_page_is_the_original() -> None:
    for source in list_seeds(SourceRecord):
        assert not WEB_ARCHIVES.search(str(source.url)), source.id
        assert not source.archived_url or WEB_ARCHIVES.search(str(source.archived_url)), source.id

"""Addresses of one page, and of its copies."""

import pytest

from app.linting.addresses import is_archived, page_of


def test_two_views_of_a_page_are_one_address() -> None:
    views = [
        "https://www.example.org/a/1?x=1&y=2",
        "http://m.example.org./a/1/amp?y=2&x=1&utm_source=feed",
        "http://example.org/a/1/?x=1&y=2#top",
    ]

    assert len({page_of(view) for view in views}) == 1
    assert page_of("https://example.org/a/2?x=1&y=2") != page_of(views[0])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://web.archive.org/web/2024/http://example.org/1", True),
        ("https://archive.ph/x1", True),
        ("https://archive.org/details/example", False),
        ("https://digitalarchive.wilsoncenter.org/document/1", False),
    ],
)
def test_an_archive_of_the_web_is_known(url: str, expected: bool) -> None:
    assert is_archived(url) is expected

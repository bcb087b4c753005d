"""The checks of settings."""

from collections.abc import Sequence

import pytest
from pydantic import ValidationError

from app.settings import Settings


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        (
            "public_url",
            ["", "http://[::1]:8000/a", "https://xn--e1afmkfd.xn--p1ai/%D0%B0"],
            [
                "http://[::1",
                "http://x:abc/",
                "https://пример.рф",
                "https://x/>",
                "https://x/?q",
            ],
        ),
        (
            "event_page",
            ["", "https://{id}.example.org/", "https://x/?language={language}#{id}"],
            ["https://x/{language}", "https://x/{id}{slug}", "https://пример.рф/{id}"],
        ),
        (
            "trusted_proxies",
            ["", "*", "10.0.0.0/8, 127.0.0.1,", "fe80::/10"],
            ["10.0.0.1/8", "nginx", "*,127.0.0.1"],
        ),
        (
            "rate_limit_storage",
            ["memory://", "redis://", "rediss://u:p@h:1/2", "redis+unix:///tmp/redis?db=1"],
            ["redis://h", "redis://h:abc", "redis://h:1/0?nosuch=1"],
        ),
        ("traces_url", ["", "http://h:4318/v1/traces"], ["http://", "http://[::1"]),
        ("read_urls", [""], ["postgresql://u:pa@ss:word@h/timeline"]),
    ],
)
def test_addresses_of_no_use_are_refused(
    name: str, right: Sequence[str], wrong: Sequence[str]
) -> None:
    there = {"database_url": "postgresql://h/timeline"}
    found = [Settings.model_validate({**there, name: text}) for text in right]
    assert [getattr(each, name) for each in found] == [*right]
    for text in wrong:
        with pytest.raises(ValidationError) as refused:
            Settings.model_validate({**there, name: text})
        assert [each["loc"] for each in refused.value.errors()] == [(name,)]
        assert "word@h" not in refused.value.errors()[0]["msg"]

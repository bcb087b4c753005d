"""openapi.json breaks no client of the last release, except by changes that the changelog names."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.settings import PROJECT_ROOT
from tests.compatibility import find_breaks
from tests.compatibility.changelog import find_unnamed, released_versions
from tests.compatibility.deprecation import find_unannounced, find_wrong_headers
from tests.compatibility.nodes import JsonObject, operations
from tests.compatibility.pairs import Break
from tests.compatibility.sample import make_sample
from tests.support.answers import example_url

RELEASED = PROJECT_ROOT / "docs/contract"
CHANGELOG = (PROJECT_ROOT / "CHANGELOG.md").read_text()
VERSIONS = released_versions(CHANGELOG)


def _read(path: Path) -> JsonObject:
    document: JsonObject = json.loads(path.read_text())
    return document


class TestReleases:
    def test_the_repository_has_the_document_of_each_release(self) -> None:
        names = {path.name for path in RELEASED.glob("*.json")}

        assert names == {f"openapi-{version}.json" for version in VERSIONS}

    @pytest.mark.parametrize("version", VERSIONS)
    def test_the_document_has_the_version_of_its_name(self, version: str) -> None:
        assert _read(RELEASED / f"openapi-{version}.json")["info"]["version"] == version


class TestBreaks:
    NEWEST = _read(RELEASED / f"openapi-{VERSIONS[0]}.json")
    COMMITTED = _read(PROJECT_ROOT / "openapi.json")

    def test_the_changelog_names_each_break(self) -> None:
        missing = find_unnamed(find_breaks(self.NEWEST, self.COMMITTED), CHANGELOG)

        assert missing == [], (
            "breaks since the last release; repair them, or add to ### Breaking:\n"
            + ("\n".join(missing))
        )

    def test_a_new_break_is_reported_as_a_line_for_the_changelog(self) -> None:
        planted: Any = json.loads(json.dumps(self.COMMITTED))
        del planted["components"]["schemas"]["EventDocument"]["properties"]["title"]

        breaks = find_breaks(self.NEWEST, planted)

        assert find_unnamed(breaks, CHANGELOG) == ["- `EventDocument.title`: removed"]


class TestChangelog:
    BREAK = Break("list_things query q", "removed")
    LINE = "- `list_things query q`: removed"

    @pytest.mark.parametrize(
        ("text", "missing"),
        [
            pytest.param("## [Unreleased]\n", [LINE], id="no heading"),
            pytest.param("## [Unreleased]\n\n### Breaking\n- Other.\n", [LINE], id="not named"),
            pytest.param(
                f"## [Unreleased]\n\n### Changed\n{LINE}\n", [LINE], id="below another heading"
            ),
            pytest.param(
                f"## [Unreleased]\n\n## 0.2.0\n### Breaking\n{LINE}\n",
                [LINE],
                id="below an older release",
            ),
            pytest.param(f"## [Unreleased]\n\n### Breaking\n{LINE}. Nobody…\n", [], id="named"),
            pytest.param(
                "## [Unreleased]\n### Added\n### Breaking\n- `list_things query\n  q`: removed.\n## 1",
                [],
                id="named on two lines",
            ),
        ],
    )
    def test_a_break_must_be_named_below_the_heading(self, text: str, missing: list[str]) -> None:
        assert find_unnamed([self.BREAK], text) == missing

    def test_a_longer_line_with_the_same_beginning_is_another_break(self) -> None:
        text = "## [Unreleased]\n\n### Breaking\n- `x`: maxLength is 9, was 120\n"

        assert find_unnamed([Break("x", "maxLength is 9, was 12")], text) != []

    def test_released_versions_are_the_headings(self) -> None:
        text = "## [Unreleased]\n## [0.2.0] - 2026-12-01\n### Added\n## 0.1.0\n"

        assert released_versions(text) == ["0.2.0", "0.1.0"]


class TestDeprecation:
    DOCUMENT = _read(PROJECT_ROOT / "openapi.json")
    SENTENCE = "Deprecated since 2026-12-01, kept until 2027-12-01: list_events"
    HEADERS = {
        "Deprecation": "@1796083200",
        "Sunset": "Wed, 01 Dec 2027 00:00:00 GMT",
        "Link": '</v1/x>; rel="next", <https://example.org/x>; rel="deprecation"',
    }

    def test_the_document_announces_each_deprecation(self) -> None:
        assert [*find_unannounced(self.DOCUMENT)] == []

    def test_responses_announce_each_deprecation(self, seeded_client: TestClient) -> None:
        deprecated = [o for o in operations(self.DOCUMENT).values() if o.node.get("deprecated")]

        for operation in deprecated:
            response = seeded_client.request(operation.method, example_url(operation.path))
            assert [*find_wrong_headers(operation.node, response.headers)] == []

    def test_a_deprecation_without_announcement_is_found(self) -> None:
        planted = make_sample()
        planted["paths"]["/things"]["get"] |= {"deprecated": True, "description": "All of them."}

        assert [*find_unannounced(planted)] == [
            "list_things: no sentence 'Deprecated since DATE, kept until DATE: …'",
            "list_things 200: no Deprecation, Link, Sunset",
        ]

    def test_a_notice_of_less_than_365_days_is_found(self) -> None:
        planted = make_sample()
        sentence = self.SENTENCE.replace("2027-12", "2027-11")
        planted["components"]["parameters"]["Limit"] |= {
            "deprecated": True,
            "description": sentence,
        }

        assert [*find_unannounced(planted)] == ["limit: less than 365 days"]

    def test_a_complete_announcement_is_not_found(self) -> None:
        planted = make_sample()
        operation = planted["paths"]["/things"]["get"]
        operation |= {"deprecated": True, "description": f"All of them. {self.SENTENCE}."}
        operation["responses"]["200"]["headers"] = {key: {"schema": {}} for key in self.HEADERS}

        assert [*find_unannounced(planted)] == []

    @pytest.mark.parametrize(
        ("headers", "wrong"),
        [
            pytest.param(HEADERS, [], id="all headers"),
            pytest.param({}, ["Deprecation", "Sunset", "Link"], id="no headers"),
            pytest.param(
                {**HEADERS, "Deprecation": "true"}, ["Deprecation"], id="a value of an old draft"
            ),
            pytest.param({**HEADERS, "Sunset": "2027-12-01"}, ["Sunset"], id="not an HTTP date"),
            pytest.param(
                {**HEADERS, "Link": '</v1/x>; rel="next"'},
                ["Link"],
                id="no link to the announcement",
            ),
        ],
    )
    def test_each_missing_or_wrong_header_is_found(
        self, headers: dict[str, str], wrong: list[str]
    ) -> None:
        operation = {"description": f"All of them. {self.SENTENCE}."}

        assert [*find_wrong_headers(operation, headers)] == wrong

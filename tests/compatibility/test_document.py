"""The contract is kept: against the last release nothing breaks but what the changelog names."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.settings import PROJECT_ROOT
from tests.compatibility import find_breaks
from tests.compatibility.changelog import find_unnamed, released_versions
from tests.compatibility.deprecation import find_silent, find_untold
from tests.compatibility.nodes import JsonObject, operations
from tests.compatibility.pairs import Break
from tests.compatibility.sample import make_sample
from tests.support.answers import example_url

KEPT = PROJECT_ROOT / "docs/contract"
CHANGELOG = (PROJECT_ROOT / "CHANGELOG.md").read_text()
VERSIONS = released_versions(CHANGELOG)


def _read(path: Path) -> JsonObject:
    document: JsonObject = json.loads(path.read_text())
    return document


class TestReleases:
    def test_the_document_of_each_is_kept(self) -> None:
        kept = {path.name for path in KEPT.glob("*.json")}

        assert kept == {f"openapi-{version}.json" for version in VERSIONS}

    @pytest.mark.parametrize("version", VERSIONS)
    def test_the_document_is_of_that_version(self, version: str) -> None:
        assert _read(KEPT / f"openapi-{version}.json")["info"]["version"] == version


class TestBreaks:
    NEWEST = _read(KEPT / f"openapi-{VERSIONS[0]}.json")
    COMMITTED = _read(PROJECT_ROOT / "openapi.json")

    def test_each_is_named_in_the_changelog(self) -> None:
        missing = find_unnamed(find_breaks(self.NEWEST, self.COMMITTED), CHANGELOG)

        assert missing == [], (
            "breaks since the last release; mend them, or add to ### Breaking:\n"
            + ("\n".join(missing))
        )

    def test_one_that_is_not_named_is_told_in_the_words_of_the_changelog(self) -> None:
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
            pytest.param(f"## [Unreleased]\n\n### Changed\n{LINE}\n", [LINE], id="not as a break"),
            pytest.param(
                f"## [Unreleased]\n\n## 0.2.0\n### Breaking\n{LINE}\n", [LINE], id="of a release"
            ),
            pytest.param(f"## [Unreleased]\n\n### Breaking\n{LINE}. Nobody…\n", [], id="named"),
            pytest.param(
                "## [Unreleased]\n### Added\n### Breaking\n- `list_things query\n  q`: removed.\n## 1",
                [],
                id="named on two lines",
            ),
        ],
    )
    def test_a_break_is_named_below_the_heading(self, text: str, missing: list[str]) -> None:
        assert find_unnamed([self.BREAK], text) == missing

    def test_another_break_that_begins_as_it_does_names_nothing(self) -> None:
        text = "## [Unreleased]\n\n### Breaking\n- `x`: maxLength is 9, was 120\n"

        assert find_unnamed([Break("x", "maxLength is 9, was 12")], text) != []

    def test_releases_are_its_headings(self) -> None:
        text = "## [Unreleased]\n## [0.2.0] - 2026-12-01\n### Added\n## 0.1.0\n"

        assert released_versions(text) == ["0.2.0", "0.1.0"]


class TestDeprecation:
    DOCUMENT = _read(PROJECT_ROOT / "openapi.json")
    SENTENCE = "Deprecated since 2026-12-01, kept until 2027-12-01: list_events"
    TOLD = {
        "Deprecation": "@1796083200",
        "Sunset": "Wed, 01 Dec 2027 00:00:00 GMT",
        "Link": '</v1/x>; rel="next", <https://example.org/x>; rel="deprecation"',
    }

    def test_what_is_deprecated_says_so_in_the_document(self) -> None:
        assert [*find_silent(self.DOCUMENT)] == []

    def test_what_is_deprecated_says_so_in_its_answers(self, seeded_client: TestClient) -> None:
        deprecated = [o for o in operations(self.DOCUMENT).values() if o.node.get("deprecated")]

        for operation in deprecated:
            answer = seeded_client.request(operation.method, example_url(operation.path))
            assert [*find_untold(operation.node, answer.headers)] == []

    def test_one_in_silence_is_found(self) -> None:
        planted = make_sample()
        planted["paths"]["/things"]["get"] |= {"deprecated": True, "description": "All of them."}

        assert [*find_silent(planted)] == [
            "list_things: no sentence 'Deprecated since DATE, kept until DATE: …'",
            "list_things 200: no Deprecation, Link, Sunset",
        ]

    def test_one_that_goes_too_soon_is_found(self) -> None:
        planted = make_sample()
        sentence = self.SENTENCE.replace("2027-12", "2027-11")
        planted["components"]["parameters"]["Limit"] |= {
            "deprecated": True,
            "description": sentence,
        }

        assert [*find_silent(planted)] == ["limit: less than 365 days"]

    def test_one_that_says_all_is_not_found(self) -> None:
        planted = make_sample()
        operation = planted["paths"]["/things"]["get"]
        operation |= {"deprecated": True, "description": f"All of them. {self.SENTENCE}."}
        operation["responses"]["200"]["headers"] = {key: {"schema": {}} for key in self.TOLD}

        assert [*find_silent(planted)] == []

    @pytest.mark.parametrize(
        ("headers", "untold"),
        [
            pytest.param(TOLD, [], id="all"),
            pytest.param({}, ["Deprecation", "Sunset", "Link"], id="none"),
            pytest.param({**TOLD, "Deprecation": "true"}, ["Deprecation"], id="an old draft"),
            pytest.param({**TOLD, "Sunset": "2027-12-01"}, ["Sunset"], id="no HTTP date"),
            pytest.param({**TOLD, "Link": '</v1/x>; rel="next"'}, ["Link"], id="no link"),
        ],
    )
    def test_an_answer_has_to_tell(self, headers: dict[str, str], untold: list[str]) -> None:
        operation = {"description": f"All of them. {self.SENTENCE}."}

        assert [*find_untold(operation, headers)] == untold

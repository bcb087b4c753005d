import pytest
from starlette.testclient import TestClient

from app.api.dependencies.language import LanguageChoice
from app.api.http.pages import preferred_language
from app.domain.languages import Language
from app.domain.values import LanguageMap

CSV = "/v1/events.csv?id=2024-11-01-lavrov-choe-strategic-consultations"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        pytest.param("", "en", id="no header"),
        pytest.param("fr", "fr", id="one language"),
        pytest.param("RU", "ru", id="upper case"),
        pytest.param("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko", id="the header of a browser"),
        pytest.param("fr-CA, en;q=0.5", "fr", id="a language with a country"),
        pytest.param("en;q=0.5, ru;q=0.7", "ru", id="by quality, not order"),
        pytest.param("ru, en", "ru", id="the first of two without a quality"),
        pytest.param("ko-KR, de, fr, en", "ko", id="the first of several, with a country"),
        pytest.param("en, ko, *;q=0.1", "en", id="English first"),
        pytest.param("de, zh-Hant", "en", id="only unsupported languages"),
        pytest.param("de, ko;q=0.1", "ko", id="one supported language, named last"),
        pytest.param("de, *;q=0.5", "en", id="a wildcard"),
        pytest.param("en;q=0, *", "fr", id="a wildcard that excludes English"),
        pytest.param("fr;q=0", "en", id="one language refused, no other named"),
        pytest.param("eng", "en", id="a longer code that begins with en"),
        pytest.param("ru," * 4000 + "fr", "ru", id="a header longer than the server reads"),
        pytest.param(";;q=x,,\x00 =", "en", id="an unreadable header"),
    ],
)
def test_the_preferred_language(accept: str, expected: str) -> None:
    assert preferred_language(accept) == expected


def test_the_languages_are_the_same_everywhere() -> None:
    assert [*LanguageChoice] == [LanguageChoice.AUTO, *Language]
    assert [*LanguageMap.model_fields] == [*Language]


class TestAnswers:
    def test_the_default_is_english_and_varies_by_accept_language(
        self, seeded_client: TestClient
    ) -> None:
        answer = seeded_client.get(CSV)

        assert "strategic consultations in Moscow" in answer.text
        assert answer.headers["Content-Language"] == "en"
        assert "Accept-Language" in answer.headers["Vary"]

    def test_accept_language_chooses_the_language(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(CSV, headers={"Accept-Language": "fr-CA, en;q=0.5"})

        assert "consultations stratégiques à Moscou" in answer.text
        assert answer.headers["Content-Language"] == "fr"
        assert "Accept-Language" in answer.headers["Vary"]

    def test_the_lang_parameter_overrides_the_header(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(f"{CSV}&lang=ko", headers={"Accept-Language": "fr"})

        assert "최선희" in answer.text
        assert answer.headers["Content-Language"] == "ko"
        assert "Accept-Language" not in answer.headers.get("Vary", "")

    def test_an_unsupported_language_is_refused(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(f"{CSV}&lang=de")

        assert answer.status_code == 400
        (error,) = answer.json()["errors"]
        assert error["parameter"] == "lang"
        assert error["detail"] == "found the text 'de', expected one of: auto, en, fr, ru, ko"

    def test_ndjson_has_every_language_and_no_content_language(
        self, seeded_client: TestClient
    ) -> None:
        answer = seeded_client.get(CSV.replace("csv", "ndjson"), headers={"Accept-Language": "fr"})

        assert "Content-Language" not in answer.headers
        assert "Accept-Language" not in answer.headers.get("Vary", "")
        assert seeded_client.get("/v1/events.ndjson?lang=fr").status_code == 400

import pytest
from starlette.testclient import TestClient

from app.api.dependencies.language import LanguageChoice, preferred_language
from app.domain.languages import Language
from app.domain.values import LanguageMap

CSV = "/v1/events.csv?id=2024-11-01-lavrov-choe-strategic-consultations"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        pytest.param("", "en", id="nothing"),
        pytest.param("fr", "fr", id="one"),
        pytest.param("RU", "ru", id="case does not count"),
        pytest.param("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko", id="a browser's"),
        pytest.param("fr-CA, en;q=0.5", "fr", id="of a country"),
        pytest.param("en;q=0.5, ru;q=0.7", "ru", id="by quality, not order"),
        pytest.param("de, zh-Hant", "en", id="none of ours"),
        pytest.param("de, ko;q=0.1", "ko", id="the last that is ours"),
        pytest.param("de, *;q=0.5", "en", id="anything else"),
        pytest.param("en;q=0, *", "fr", id="anything but English"),
        pytest.param("fr;q=0", "en", id="refused, and no other named"),
        pytest.param("eng", "en", id="no prefix of letters"),
        pytest.param("ru," * 4000 + "fr", "ru", id="more than is read"),
        pytest.param(";;q=x,,\x00 =", "en", id="nothing readable"),
    ],
)
def test_the_preferred_language(accept: str, expected: str) -> None:
    assert preferred_language(accept) == expected


def test_each_list_of_languages_is_the_same() -> None:
    assert [*LanguageChoice] == [LanguageChoice.AUTO, *Language]
    assert [*LanguageMap.model_fields] == [*Language]


class TestAnswers:
    def test_without_a_word_it_is_english_and_could_be_another(
        self, seeded_client: TestClient
    ) -> None:
        answer = seeded_client.get(CSV)

        assert "strategic consultations in Moscow" in answer.text
        assert answer.headers["Content-Language"] == "en"
        assert "Accept-Language" in answer.headers["Vary"]

    def test_the_header_chooses(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(CSV, headers={"Accept-Language": "fr-CA, en;q=0.5"})

        assert "consultations stratégiques à Moscou" in answer.text
        assert answer.headers["Content-Language"] == "fr"
        assert "Accept-Language" in answer.headers["Vary"]

    def test_the_parameter_decides_for_everybody(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(f"{CSV}&lang=ko", headers={"Accept-Language": "fr"})

        assert "최선희" in answer.text
        assert answer.headers["Content-Language"] == "ko"
        assert "Accept-Language" not in answer.headers.get("Vary", "")

    def test_another_language_is_refused(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(f"{CSV}&lang=de")

        assert answer.status_code == 400
        (error,) = answer.json()["errors"]
        assert error["parameter"] == "lang"
        assert error["detail"] == "found the text 'de', expected one of: auto, en, fr, ru, ko"

    def test_what_has_every_language_has_none(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get(CSV.replace("csv", "ndjson"), headers={"Accept-Language": "fr"})

        assert "Content-Language" not in answer.headers
        assert "Accept-Language" not in answer.headers.get("Vary", "")
        assert seeded_client.get("/v1/events.ndjson?lang=fr").status_code == 400

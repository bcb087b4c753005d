"""Forms of a word whose stems differ find the same."""

import pytest

from app.domain.search.highlight import find_spans
from app.domain.search.query import parse_query


def _finds(q: str, text: str, language: str) -> bool:
    return bool(find_spans(text, language, parse_query(q), "text"))


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        pytest.param("en", "hold holds held holding", id="held"),
        pytest.param("en", "send sent sends", id="sent"),
        pytest.param("en", "write wrote written writes", id="wrote"),
        pytest.param("en", "speak spoke spoken", id="spoke"),
        pytest.param("fr", "reçoit reçu reçue recevoir", id="reçu"),
        pytest.param("fr", "tenir tenue tient", id="tenu"),
        pytest.param("ru", "письмо писем письмам письма", id="письмо"),
        pytest.param("ru", "посол посла послы послов", id="посол"),
        pytest.param("ru", "день дня днём дней", id="день"),
        pytest.param("ru", "поездка поездок поездки", id="поездка"),
        pytest.param("ru", "поставки поставок поставками", id="поставка"),
        pytest.param("ru", "венок венки венков венками", id="венок"),
        pytest.param("ru", "подарок подарка подарками", id="подарок"),
        pytest.param("ru", "принял принимает приняли", id="принять"),
        pytest.param("ru", "вступает вступил вступление", id="вступить"),
        pytest.param("ru", "приём приёма приёмы принял", id="приём"),
        pytest.param("ru", "передал передаёт передача", id="передать"),
        pytest.param("ru", "ратифицировала ратификация", id="ратификация"),
        pytest.param("ru", "12-я 12-е 12-й 12-го", id="an ordinal"),
        pytest.param("ru", "80-летие 80-летия 80-летию", id="an anniversary"),
    ],
)
def test_each_form_finds_each_other(language: str, forms: str) -> None:
    words = forms.split()

    assert not [(q, text) for q in words for text in words if not _finds(q, text, language)]


@pytest.mark.parametrize(
    ("q", "text"),
    [
        pytest.param("послы", "Послание", id="a message is no ambassador"),
        pytest.param("посол", "после", id="after is no ambassador"),
        pytest.param("приём", "при", id="in the presence is no reception"),
        pytest.param("передал", "перед", id="before is not handed over"),
        pytest.param("дня", "дно", id="the ground is no day"),
        pytest.param("Олег", "Ольга", id="names"),
        pytest.param("Игорь", "игры", id="a name and a thing"),
        pytest.param("80-летие", "75-летия", id="another number"),
        pytest.param("80-летие", "80-я", id="another word with the number"),
        pytest.param('"писем"', "письмо", id="a phrase"),
    ],
)
def test_other_words_are_not_found(q: str, text: str) -> None:
    assert not _finds(q, text, "ru")

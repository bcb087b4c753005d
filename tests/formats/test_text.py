"""The description of an event shows no text in another language."""

import re
from html import unescape
from typing import Any

import pytest

from app.domain.languages import Language
from app.formats.text import abstract, html, places, plain_text
from tests.support.builders import CHOE, LAVROV, make_event_document

MINISTER = {
    "id": "ru-foreign-minister",
    "name": {"en": "Minister of Foreign Affairs", "ru": "Министр иностранных дел"},
    "rank": "foreign_minister",
}
PEOPLE: list[dict[str, Any]] = [
    {
        "kind": "person",
        "name": {"en": "Sergey Lavrov", "ru": "Сергей Лавров"},
        "office": MINISTER,
        "capacity": "head of delegation",
        **LAVROV,
    },
    {
        "kind": "person",
        "name": {"en": "Choe Son Hui", "ru": "Цой Сон Хи"},
        "office": None,
        "capacity": "guest of honour",
        **CHOE,
    },
]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param(Language.EN, "The ministers talked.", id="the summary"),
        pytest.param(
            Language.RU,
            "Встреча (Консультации): Сергей Лавров (Министр иностранных дел), Цой Сон Хи",
            id="no summary",
        ),
        pytest.param(
            Language.KO, "회담 (협의): Sergey Lavrov, Choe Son Hui", id="no name and no office"
        ),
    ],
)
def test_the_abstract_is_in_the_language(language: Language, expected: str) -> None:
    assert abstract(language, make_event_document(participants=PEOPLE)) == expected


@pytest.mark.parametrize("language", [Language.FR, Language.RU, Language.KO])
def test_a_note_is_shown_in_its_language_only(language: Language) -> None:
    event = make_event_document(note="Doubtful.")

    assert "Doubtful." in plain_text(Language.EN, event)
    assert "Doubtful." in html(Language.EN, event)
    assert "Doubtful." not in plain_text(language, event)
    assert "Doubtful." not in html(language, event)


def test_the_places_of_a_journey_are_in_order() -> None:
    khasan = {"id": "khasan", "name": {"en": "Khasan", "ru": "Хасан"}, "country": "RU"}
    location = {"latitude": 42.4, "longitude": 130.6, "precision": "city"}
    event = make_event_document(further_places=[{**khasan, **location}])

    assert places(Language.RU, event) == "Moscow – Хасан"


def test_an_event_without_a_place_has_no_places() -> None:
    assert places(Language.EN, make_event_document(place=None)) is None


@pytest.mark.parametrize("language", Language)
def test_html_without_its_tags_has_the_words_of_the_plain_text(language: Language) -> None:
    event = make_event_document(note="Doubtful.", status="cancelled")

    words = unescape(re.sub("<[^>]*>", "", html(language, event))).split()

    addresses = {source.url for source in event.sources}
    assert addresses != {None}
    assert words == [word for word in plain_text(language, event).split() if word not in addresses]


@pytest.mark.parametrize("language", Language)
def test_each_line_of_the_html_begins_with_a_tag(language: Language) -> None:
    # Between a line feed and the next tag a reader loses text: findings/rss-parser-lines-after-br.sh.
    event = make_event_document(note="Doubtful.", status="cancelled")

    lines = html(language, event).split("\n")

    assert len(lines) > 4
    assert [line for line in lines if not line.startswith("<")] == []


def test_a_colon_in_french_has_a_space_before_it() -> None:
    event = make_event_document(participants=PEOPLE, status="announced")

    french = [plain_text(Language.FR, event), html(Language.FR, event)]

    for text in french:
        signs = re.findall("(.):(?!//)", text)
        assert len(signs) >= 5
        assert {*signs} == {"\N{NO-BREAK SPACE}"}
    assert "\N{NO-BREAK SPACE}" not in plain_text(Language.RU, event)

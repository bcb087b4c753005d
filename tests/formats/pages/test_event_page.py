"""The parts of the page of an event: passages by field, independent sources, bounds in words."""

import pytest

from app.documents.entities.event import EventDocument
from app.domain.languages import Language
from app.domain.values import LanguageMap
from app.domain.vocabulary import EvidencedField
from app.formats.pages.dating import date_in_words
from app.formats.pages.event import known_fields, neighbours, numbered_sources, unnamed_houses
from tests.support.builders import make_event_document


def _bounds(edtf: str, language: Language = Language.EN, status: str = "occurred") -> list[str]:
    return [*date_in_words(language, make_event_document(date=edtf, status=status))]


_APPROXIMATE = "The date is approximate: days shortly before or after it are possible too."


@pytest.mark.parametrize(
    ("edtf", "sentences"),
    [
        pytest.param("2024-06-19", ["It is known to the day."], id="a day"),
        pytest.param(
            "2024-06",
            ["It happened on a day, or on several days, from 1 June 2024 to 30 June 2024."],
            id="a month",
        ),
        pytest.param(
            "2024-06-18/2024-06-19",
            ["It began on 18 June 2024.", "It ended on 19 June 2024."],
            id="a period",
        ),
        pytest.param(
            "2018/2019-02-03",
            [
                "It began between 1 January 2018 and 31 December 2018.",
                "It ended on 3 February 2019.",
            ],
            id="a period with a vague beginning",
        ),
        pytest.param(
            "2018-10-22/..",
            [
                "It began on 22 October 2018.",
                "It ended on 22 October 2018 or later, or has not ended.",
            ],
            id="an open end",
        ),
        pytest.param(
            "../1991-12-26",
            [
                "It began by 26 December 1991; how long before is not known.",
                "It ended on 26 December 1991.",
            ],
            id="an open beginning",
        ),
        pytest.param(
            "2024-06-19%",
            [_APPROXIMATE, "The date is uncertain."],
            id="an approximate and uncertain day",
        ),
        pytest.param("2026-11~", [_APPROXIMATE], id="an approximate month"),
        pytest.param(
            "2024-06-18/2024-06~",
            ["It began on 18 June 2024.", _APPROXIMATE],
            id="a period with an approximate end",
        ),
        pytest.param("2024-06-18~/..", [_APPROXIMATE], id="an open end after an approximate day"),
        pytest.param("../1950?", ["The date is uncertain."], id="an open beginning before a doubt"),
        pytest.param(
            "2024-06/2024-06-18~",
            ["It began between 1 June 2024 and 30 June 2024.", _APPROXIMATE],
            id="a month in which an approximate day ended it",
        ),
    ],
)
def test_bounds_are_told_in_words(edtf: str, sentences: list[str]) -> None:
    assert _bounds(edtf) == sentences


def test_bounds_are_told_in_the_language() -> None:
    assert _bounds("2024-06-19", Language.KO) == ["날짜까지 알려져 있다."]
    assert _bounds("2024-06-18/2024-06-19", Language.RU)[0] == "Началось 18 июня 2024 года."


@pytest.mark.parametrize(
    ("status", "day", "end"),
    [
        ("cancelled", "It was to take place on 19 June 2024.", "It was to end on 3 February 2019."),
        ("announced", "It was to take place on 19 June 2024.", "It was to end on 3 February 2019."),
        (
            "reported",
            "It is said to have taken place on 19 June 2024.",
            "It is said to have ended on 3 February 2019.",
        ),
    ],
)
def test_an_event_that_may_not_have_taken_place_is_not_said_to_have(
    status: str, day: str, end: str
) -> None:
    assert _bounds("2024-06-19", status=status) == [day]
    assert _bounds("../2019-02-03", status=status)[-1] == end
    for edtf in ("2024-06-19", "2024-06", "2018/2019-02-03", "2018-10-22/..", "../1991-12-26"):
        for language in Language:
            occurred = {*_bounds(edtf, language)}
            assert occurred.isdisjoint(_bounds(edtf, language, status)), (edtf, language)


class TestKnownFields:
    def test_a_passage_is_below_each_field_that_it_supports(self) -> None:
        passage = {
            "supports": ["date", "place"],
            "basis": "inferred",
            "selector": {"start": 3, "end": 9},
            "digest": "0" * 64,
            "note": None,
        }
        stored = make_event_document().model_dump(by_alias=True)
        stored["sources"][0]["evidence"] = [passage]
        event = EventDocument.model_validate(stored)

        known = {each.field: each for each in known_fields(Language.EN, event)}

        assert [span.source for span in known[EvidencedField.DATE].spans] == [1]
        assert known[EvidencedField.TITLE].spans == []
        assert known[EvidencedField.DATE].value == "1 November 2024"

    def test_a_field_without_a_value_is_left_out(self) -> None:
        event = make_event_document(treaty=None)

        fields = {each.field for each in known_fields(Language.EN, event)}

        assert EvidencedField.TREATY not in fields
        assert EvidencedField.PARTICIPANTS in fields


class TestSources:
    def test_the_second_source_of_a_house_is_not_independent(self) -> None:
        event = make_event_document()
        one = event.sources[0]
        sources = [
            one.model_copy(update={"id": f"s{n}", "house": house})
            for n, house in enumerate(["a", "b", "a", None, None])
        ]
        event = event.model_copy(update={"sources": sources})

        numbered = numbered_sources(event, {"a": LanguageMap(en="A"), "b": LanguageMap(en="B")})

        assert [each.number for each in numbered] == [1, 2, 3, 4, 5]
        assert [each.same_house_as for each in numbered] == [None, None, 1, None, None]
        assert {"a", "b"} <= unnamed_houses(event)


def test_related_events_are_in_order_of_date() -> None:
    event = make_event_document()

    assert neighbours(event, []) == sorted(neighbours(event, []), key=lambda each: each.date)

"""The messages of errors in records."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from app.records.models import (
    EventRecord,
    ParticipantRecord,
    PlaceRecord,
    PublisherRecord,
    SourceRecord,
)
from app.records.parsing.errors import RecordError, describe_error, pointer_step


def messages(model: type[BaseModel], values: object) -> list[str]:
    """Return each error of the values as `pointer: sentence`."""
    with pytest.raises(ValidationError) as refused:
        model.model_validate(values)
    errors = refused.value.errors(include_url=False)
    return [": ".join(describe_error(error, model, values)) for error in errors]


class TestRecordError:
    @pytest.mark.parametrize(
        ("error", "expected"),
        [
            pytest.param(
                RecordError("2024.yaml", 12, "2024-a", "/events/12/date", "month 13 is not"),
                "2024.yaml:12: 2024-a: /events/12/date: month 13 is not",
                id="whole",
            ),
            pytest.param(
                RecordError("2024.yaml", None, None, "", "there is no such file"),
                "2024.yaml: there is no such file",
                id="of a file",
            ),
            pytest.param(
                RecordError("2024.yaml", 1, None, "/a\nb\ud800", "unknown"),
                r"2024.yaml:1: /a\nb\ud800: unknown",
                id="on one line whatever it holds",
            ),
            pytest.param(
                RecordError("2024.yaml", 1, None, "/" + "a" * 500, "unknown"),
                f"2024.yaml:1: /{'a' * 198}…: unknown",
                id="long pointer",
            ),
        ],
    )
    def test_is_one_line(self, error: RecordError, expected: str) -> None:
        assert str(error) == expected


class TestPointerStep:
    @pytest.mark.parametrize(
        ("name", "expected"), [("date", "/date"), (3, "/3"), ("a/b~c", "/a~1b~0c"), ("", "/")]
    )
    def test_is_escaped_as_rfc_6901_says(self, name: object, expected: str) -> None:
        assert pointer_step(name) == expected


class TestDescribeError:
    def test_one_event_with_everything_wrong(self) -> None:
        values: dict[str, Any] = {
            "id": "Lavrov in Moscow",
            "type": "meeting",
            "subtype": "reception",
            "status": "occured",
            "date": 2024,
            "title": {"fr": "Entretiens"},
            "summary": {"en": "They met.", "de": "Treffen."},
            "participants": [{"id": "sergey-lavrov", "rol": "host", "side": "ru"}],
            "sources": ["TASS", 7],
        }
        assert messages(EventRecord, values) == [
            (
                "/id: found the text 'Lavrov in Moscow', expected an event's id: the date as first "
                "known, then lower-case words and digits joined by single hyphens, such as "
                "2024-11-01-lavrov-choe-strategic-consultations"
            ),
            (
                "/subtype: a subtype of meeting is one of: "
                "summit, ministerial, consultations, delegation, commission, working"
            ),
            (
                "/status: found the text 'occured', expected one of: "
                "occurred, announced, reported, cancelled; did you mean 'occurred'?"
            ),
            "/confidence: is required",
            "/date: found the number 2024, expected a text: write it in quotes",
            "/title/en: is required",
            "/summary/de: unknown field; the fields here are en, fr, ru, ko",
            "/participants/0/role: is required",
            (
                "/participants/0/side: found the text 'ru', expected a country code: "
                "ISO 3166-1 alpha-2 such as RU or KP, or SU; did you mean 'RU'?"
            ),
            "/participants/0/rol: unknown field; did you mean 'role'?",
            (
                "/sources/0: found the text 'TASS', expected an id: lower-case letters and digits "
                "joined by single hyphens, such as tass-1865655"
            ),
            "/sources/1: found the number 7, expected a mapping",
        ]

    @pytest.mark.parametrize(
        ("model", "field", "value", "expected"),
        [
            pytest.param(
                PlaceRecord,
                "latitude",
                "north",
                "/latitude: found the text 'north', expected a number",
                id="text for a number",
            ),
            pytest.param(
                PlaceRecord,
                "latitude",
                91,
                "/latitude: found the number 91, expected a number of at most 90",
                id="number out of range",
            ),
            pytest.param(
                PlaceRecord,
                "names",
                ["Moscow"],
                "/names: found a list of 1, expected a mapping",
                id="list for a mapping",
            ),
            pytest.param(
                PlaceRecord,
                "names",
                {"en": None},
                "/names/en: found nothing (null), expected a text",
                id="null for a text",
            ),
            pytest.param(
                ParticipantRecord,
                "aliases",
                "Lavrov",
                "/aliases: found the text 'Lavrov', expected a list",
                id="text for a list",
            ),
            pytest.param(
                ParticipantRecord,
                "aliases",
                [""],
                "/aliases/0: found the text '', expected a text of 1 or more characters",
                id="empty text",
            ),
            pytest.param(
                ParticipantRecord,
                "positions",
                [{"title": "Minister", "from": 2004}],
                "/positions/0/from: found the number 2004, expected a text: write it in quotes",
                id="field named by its alias",
            ),
            pytest.param(
                ParticipantRecord,
                "positions",
                [{"title": "Minister", "ended": "2004"}],
                "/positions/0/ended: "
                "unknown field; the fields here are title, office, organisation, from, to",
                id="unknown field like no other",
            ),
            pytest.param(
                ParticipantRecord,
                "identifiers",
                {"Wiki/Data": "Q1"},
                "/identifiers/Wiki~1Data: found the text 'Wiki/Data', expected a scheme: "
                "a lower-case letter, then at most 31 of a-z 0-9 _, such as wikidata",
                id="name of a scheme",
            ),
            pytest.param(
                SourceRecord,
                "published",
                "2024-13",
                "/published: month 13 is not in 01–12 (in '2024-13')",
                id="own validator",
            ),
            pytest.param(
                SourceRecord,
                "url",
                "tass.com",
                "/url: found the text 'tass.com', "
                "expected an address that begins with http:// or https://, "
                'with spaces and any of "<>\\^`{|} encoded',
                id="pattern",
            ),
            pytest.param(
                PublisherRecord,
                "state",
                "yes",
                "/state: found the text 'yes', expected true or false",
                id="text for a flag",
            ),
        ],
    )
    def test_names_the_correct_form(
        self, model: type[BaseModel], field: str, value: object, expected: str
    ) -> None:
        assert expected in messages(model, {field: value})

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("followed_by", "is read from the other event: write 'follows' in the record of that"),
            ("precedes", "is read from the other event: write 'follows' in the record of that"),
            ("contains", "is read from the other event: write 'part_of' in the record of that"),
            ("replied_by", "is read from the other event: write 'replies_to' in the record of"),
            ("preceded_by", "; did you mean 'follows'?"),
            ("announce", "; did you mean 'announces'?"),
        ],
    )
    def test_another_word_for_a_relation_keeps_its_direction(
        self, word: str, expected: str
    ) -> None:
        values = {"relations": [{"type": word, "event": "2024-10-31-visit"}]}

        (message,) = (
            each for each in messages(EventRecord, values) if each.startswith("/relations")
        )

        assert expected in message

    def test_a_rule_of_the_whole_record_points_at_the_record(self) -> None:
        assert messages(SourceRecord, {"id": "a", "language": "en"}) == [
            "/article: a source needs a url, or the name of an article that is on file"
        ]

    def test_a_field_that_is_absent_by_default_can_be_wrong(self) -> None:
        values = {"type": "treaty", "subtype": "signed"}
        assert "/treaty: an event of type treaty must name its treaty" in messages(
            EventRecord, values
        )

    def test_other_errors_keep_their_words(self) -> None:
        assert messages(PlaceRecord, {1: "a"})[-1] == "/1: Keys should be strings"

    def test_no_record_at_all(self) -> None:
        assert messages(PlaceRecord, "moscow") == [": found the text 'moscow', expected a mapping"]

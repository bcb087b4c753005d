"""The rules of the record models, each broken once."""

from collections.abc import Iterator
from typing import Any

import pycountry
import pytest
from pydantic import BaseModel, ValidationError

from app.domain.values import LanguageMap, TextSelector
from app.domain.vocabulary import COUNTRIES, SUBTYPES, EventSubtype, EventType
from app.records.models import EventRecord, OfficeRecord, PlaceRecord, SourceRecord, TreatyRecord
from app.records.models.base import WORDS, RecordPart
from app.records.models.event import EvidenceRecord
from app.records.models.participant import ParticipantRecord

Values = dict[str, Any]


def make_event(**changes: object) -> Values:
    return {
        "id": "2024-11-01-consultations",
        "type": "meeting",
        "subtype": "consultations",
        "status": "occurred",
        "confidence": "high",
        "date": "2024-11-01",
        "title": {"en": "Consultations"},
        "summary": {"en": "The ministers met."},
        "participants": [{"id": "sergey-lavrov", "role": "host", "side": "RU"}],
        "sources": ["tass-1"],
        **changes,
    }


def make_evidence(**changes: object) -> Values:
    return {
        "supports": ["date"],
        "basis": "stated",
        "selector": {"start": 4, "end": 9},
        "digest": "0" * 64,
        **changes,
    }


def make_place(**changes: object) -> Values:
    return {
        "id": "moscow",
        "names": {"en": "Moscow"},
        "country": "RU",
        "latitude": 55.7558,
        "longitude": 37.6173,
        "precision": "city",
        **changes,
    }


def make_office(**changes: object) -> Values:
    return {"id": "minister", "names": {"en": "Minister"}, "rank": "minister", **changes}


def make_holder(**position: object) -> Values:
    positions = [{"title": "Minister", **position}]
    names = {"en": "Sergey Lavrov"}
    person = {"id": "sergey-lavrov", "kind": "person", "country": "RU", "names": names}
    return {**person, "positions": positions}


def make_treaty(**changes: object) -> Values:
    names = {"en": "Treaty of friendship"}
    return {"id": "treaty", "kind": "treaty", "names": names, "parties": ["RU", "KP"], **changes}


def refusal(model: type[BaseModel], values: Values) -> str:
    """Return the field and the reason of the only error in the values."""
    with pytest.raises(ValidationError) as refused:
        model.model_validate(values)
    (error,) = refused.value.errors()
    return f"{'/'.join(map(str, error['loc']))}: {error['msg']}"


class TestEventRecord:
    @pytest.mark.parametrize(
        ("type_", "subtype"),
        [(type_, subtype) for type_ in SUBTYPES for subtype in SUBTYPES[type_]],
    )
    def test_accepts_the_subtypes_of_its_type(
        self, type_: EventType, subtype: EventSubtype
    ) -> None:
        treaty = "treaty" if type_ is EventType.TREATY else None
        event = EventRecord.model_validate(make_event(type=type_, subtype=subtype, treaty=treaty))
        assert (event.type, event.subtype) == (type_, subtype)

    def test_takes_the_id_of_a_source_for_its_citation(self) -> None:
        event = EventRecord.model_validate(make_event(sources=["tass-1", {"source": "kcna-2"}]))
        assert [citation.source for citation in event.sources] == ["tass-1", "kcna-2"]

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            pytest.param(
                {"subtype": "reception"},
                "subtype: Value error, a subtype of meeting is one of: summit, ministerial",
                id="subtype of another type",
            ),
            pytest.param(
                {"type": "treaty", "subtype": "signed"},
                "treaty: Value error, an event of type treaty must name its treaty",
                id="treaty event without a treaty",
            ),
            pytest.param(
                {"treaty": "treaty-2000"},
                "treaty: Value error, only an event of type treaty may name a treaty",
                id="treaty of another event",
            ),
            pytest.param(
                {"participants": [{"id": "a", "role": "host", "side": "RU"}] * 2},
                "'a (host)' appears more than once",
                id="participant twice in one role",
            ),
            pytest.param(
                {"sources": ["a", {"source": "a"}]}, "'a' appears more than once", id="source twice"
            ),
            pytest.param(
                {"tags": ["a", "b", "a"]}, "tag 'a' appears more than once", id="tag twice"
            ),
            pytest.param(
                {"relations": [{"type": "follows", "event": "2024-a"}] * 2},
                "'follows 2024-a' appears more than once",
                id="relation twice",
            ),
            pytest.param(
                {"relations": [{"type": "follows", "event": "2024-11-01-consultations"}]},
                "an event cannot be related to itself",
                id="relation to itself",
            ),
            pytest.param({"participants": []}, "participants: List should", id="no participants"),
            pytest.param({"sources": []}, "sources: List should", id="no sources"),
            pytest.param({"id": "consultations"}, "id: String should", id="id without a date"),
            pytest.param({"id": "2024-a\n"}, "id: String should", id="id with a newline"),
            pytest.param({"date": "2024-13-01"}, "date: Value error", id="no such month"),
            pytest.param(
                {"date": "9999-12-31"}, "reserved for open ends", id="the last of all days"
            ),
            pytest.param({"date": "0001"}, "reserved for open ends", id="the first of all years"),
            pytest.param({"date": "2024/9999"}, "reserved for open ends", id="up to the last year"),
            pytest.param({"note": " a"}, "note: Value error", id="white space around a text"),
            pytest.param({"note": "a\0b"}, "U+0000", id="NUL in a text"),
            pytest.param({"venue": "moscow"}, "venue: Extra inputs", id="unknown field"),
            pytest.param(
                {"summary": {"en": "The ministers met.", "ru": "Встреча Лав\u0070ова"}},
                "the word 'Лав\u0070ова' mixes Latin and Cyrillic letters",
                id="a Latin letter in a Russian word",
            ),
            pytest.param({"note": "\u0421hoe"}, "mixes Latin and Cyrillic", id="a Cyrillic С"),
            pytest.param(
                {"title": {"en": "Talks", "ru": "Cергей"}}, "title/ru: ", id="the text of a map"
            ),
            pytest.param({"note": "\ue000"}, "U+E000 is not allowed in a text", id="private use"),
            pytest.param({"note": "\u3164"}, "must have a visible character", id="a filler alone"),
            pytest.param(
                {"title": {"en": "Talks\nin Moscow"}},
                "U+000A is not allowed in a line",
                id="two lines",
            ),
            pytest.param(
                {"title": {"en": "Talks\tin Moscow"}}, "U+0009 is not allowed in a line", id="a tab"
            ),
        ],
    )
    def test_refuses(self, changes: Values, expected: str) -> None:
        assert expected in refusal(EventRecord, make_event(**changes))

    def test_a_mixed_word_in_a_part_of_the_record_is_refused(self) -> None:
        part = {"id": "a", "role": "host", "side": "RU", "capacity": "\u041cinister"}

        assert "participants/0/capacity" in refusal(EventRecord, make_event(participants=[part]))

    def test_letters_of_two_scripts_may_be_in_one_text(self) -> None:
        note = "К-129 and К-19, 3G, Ил-62M, PR-служба, Kim Jong Un (김정은), KCNA는, µm"

        assert EventRecord.model_validate(make_event(note=note)).note == note

    def test_a_summary_and_a_note_may_have_several_lines(self) -> None:
        event = make_event(summary={"en": "One.\n\n\tTwo."}, note="One.\nTwo.")

        assert EventRecord.model_validate(event).note == "One.\nTwo."

    def test_texts_are_stored_in_one_form(self) -> None:
        record = EventRecord.model_validate(
            make_event(title={"en": "A\u00a0visit  to\u200b Pyong\u00adyang", "fr": "Gene\u0300ve"})
        )

        assert (record.title.en, record.title.fr) == ("A visit to Pyongyang", "Genève")

    def test_the_same_participant_may_have_two_roles(self) -> None:
        roles = [{"id": "a", "role": role, "side": "RU"} for role in ("host", "signatory")]
        assert len(EventRecord.model_validate(make_event(participants=roles)).participants) == 2


class TestEvidenceRecord:
    def test_accepts_a_conclusion_with_its_reason(self) -> None:
        values = make_evidence(basis="inferred", note="The paper says yesterday.")
        assert EvidenceRecord.model_validate(values).note == "The paper says yesterday."

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            pytest.param({"basis": "inferred"}, "needs a note", id="conclusion without reason"),
            pytest.param(
                {"selector": {"start": 4, "end": 4}},
                "must be greater than the start, 4",
                id="empty span",
            ),
            pytest.param({"supports": []}, "supports: List should", id="supports nothing"),
            pytest.param(
                {"supports": ["date", "date"]}, "'date' appears more than once", id="field twice"
            ),
            pytest.param({"digest": "A" * 64}, "digest: String should", id="upper-case digest"),
        ],
    )
    def test_refuses(self, changes: Values, expected: str) -> None:
        assert expected in refusal(EvidenceRecord, make_evidence(**changes))


class TestSourceRecord:
    @pytest.mark.parametrize(
        "found_by",
        [
            pytest.param({"url": "https://tass.com/1"}, id="by its url"),
            pytest.param({"article": "000_32bf51e976ece39f"}, id="by its article"),
        ],
    )
    def test_can_be_found(self, found_by: Values) -> None:
        assert SourceRecord.model_validate({"id": "a", "language": "en", **found_by})

    def test_refuses_a_source_without_url_and_article(self) -> None:
        assert "a source needs a url, or" in refusal(SourceRecord, {"id": "a", "language": "en"})


class TestTreatyRecord:
    @pytest.mark.parametrize(
        ("parties", "expected"),
        [
            pytest.param([], "parties: List should", id="no party"),
            pytest.param(["RU", "RU"], "party 'RU' appears more than once", id="party twice"),
            pytest.param(["RU", "XX"], "not a country code", id="unknown country"),
            pytest.param(["RU", "kp"], "parties/1: String should", id="lower case"),
        ],
    )
    def test_refuses(self, parties: list[str], expected: str) -> None:
        assert expected in refusal(TreatyRecord, make_treaty(parties=parties))


class TestPlaceRecord:
    @pytest.mark.parametrize("latitude", [-90, 0, 55.7558, 90])
    def test_accepts_degrees(self, latitude: float) -> None:
        assert PlaceRecord.model_validate(make_place(latitude=latitude)).latitude == latitude

    def test_has_one_zero_because_only_postgresql_keeps_its_sign(self) -> None:
        place = PlaceRecord.model_validate(make_place(latitude=-0.0, longitude=-0.0))
        assert (str(place.latitude), str(place.longitude)) == ("0.0", "0.0")

    @pytest.mark.parametrize(
        "latitude",
        [
            pytest.param(90.1, id="beyond the pole"),
            pytest.param(float("nan"), id="not a number"),
            pytest.param(float("inf"), id="infinite"),
            pytest.param("55.7", id="text"),
            pytest.param(True, id="boolean"),
            pytest.param(None, id="null"),
        ],
    )
    def test_refuses(self, latitude: object) -> None:
        assert refusal(PlaceRecord, make_place(latitude=latitude)).startswith("latitude: ")


class TestParticipantRecord:
    def test_a_position_is_held_from_and_to(self) -> None:
        values = {
            "id": "sergey-lavrov",
            "kind": "person",
            "country": "RU",
            "names": {"en": "Sergey Lavrov"},
            "positions": [{"title": "Minister", "from": "2004-03-09", "to": None}],
        }
        record = ParticipantRecord.model_validate(values)
        assert record.positions[0].held_from == "2004-03-09"
        assert record.model_dump(exclude_unset=True) == values


class TestTextSelector:
    @pytest.mark.parametrize("start", [-1, 4.0, "4", True, None])
    def test_counts_in_whole_numbers_from_zero(self, start: object) -> None:
        assert refusal(TextSelector, {"start": start, "end": 9}).startswith("start: ")


class TestLanguageMap:
    def test_leaves_out_unknown_languages(self) -> None:
        names = LanguageMap.model_validate({"en": "Moscow", "ru": "Москва"})
        assert names.model_dump() == {"en": "Moscow", "ru": "Москва"}

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            pytest.param({"fr": "Moscou"}, "en: Field required", id="no English"),
            pytest.param({"en": "Moscow", "fr": None}, "fr: Input should", id="null"),
            pytest.param({"en": "Moscow", "de": "Moskau"}, "de: Extra", id="unknown language"),
            pytest.param({"en": ""}, "en: String should", id="empty text"),
        ],
    )
    def test_refuses(self, values: Values, expected: str) -> None:
        assert expected in refusal(LanguageMap, values)


def test_countries_are_those_of_iso_3166_and_the_ussr() -> None:
    assert {country.alpha_2 for country in pycountry.countries} | {"SU"} == COUNTRIES


def test_every_subtype_belongs_to_a_type() -> None:
    assert {subtype for subtypes in SUBTYPES.values() for subtype in subtypes} == set(EventSubtype)
    assert set(SUBTYPES) == set(EventType)


class TestErrorsOfOneRecord:
    def test_each_is_reported(self) -> None:
        """An error in one field hides no error in another."""
        with pytest.raises(ValidationError) as refused:
            EventRecord.model_validate(
                {
                    "id": "2024-11-01-talks",
                    "type": "meeting",
                    "subtype": "hos",
                    "status": "occurred",
                    "confidence": "high",
                    "date": "2024-13",
                    "title": {"en": "Talks"},
                    "summary": {"en": "They talked."},
                    "participants": [{"id": "a", "role": "host", "side": "RU"}] * 2,
                    "sources": ["s", "t", "s", "t"],
                    "tags": ["x", "x"],
                }
            )

        assert [error["loc"] for error in refused.value.errors()] == [
            ("subtype",),
            ("date",),
            ("participants",),
            ("sources",),
            ("tags",),
        ]
        assert "'s', 't' appears more than once" in str(refused.value)

    def test_an_offset_is_an_integer_to_every_engine(self) -> None:
        with pytest.raises(ValidationError, match="100000000"):
            TextSelector.model_validate({"start": 3_000_000_000, "end": 3_000_000_001})


class TestPeriods:
    """The beginning and the end of an office or a position are one date each."""

    @pytest.mark.parametrize("key", ["from", "to"])
    @pytest.mark.parametrize("text", ["1998", "1998-09~", "199X", "[1998,1999]"])
    def test_one_date_is_accepted(self, key: str, text: str) -> None:
        OfficeRecord.model_validate(make_office(**{key: text}))
        ParticipantRecord.model_validate(make_holder(**{key: text}))

    @pytest.mark.parametrize("key", ["from", "to"])
    @pytest.mark.parametrize("text", ["2000-01-01/2001-01-01", "1998/..", "{1998,1999}"])
    def test_several_dates_are_refused(self, key: str, text: str) -> None:
        for model, values in (
            (OfficeRecord, make_office(**{key: text})),
            (ParticipantRecord, make_holder(**{key: text})),
        ):
            with pytest.raises(ValidationError, match="period is one date, or a set"):
                model.model_validate(values)


def _models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        yield from (model, *_models(model))


def _may_hold_words(schema: Values) -> bool:
    """Whether a value may be a text that no pattern, enumeration or form of dates limits."""
    if name := schema.get("$ref", "").rpartition("/")[2]:
        return bool(name.endswith("LanguageMap"))
    parts = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())]
    limited = bool({"pattern", "enum", "const"} & schema.keys())
    limited = limited or "EDTF" in schema.get("description", "")
    text: bool = schema.get("type") == "string" and not limited
    return text or any(_may_hold_words(part) for part in parts)


def test_each_field_with_words_is_checked_for_mixed_letters() -> None:
    unchecked = [
        f"{model.__name__}.{name}"
        for model in _models(RecordPart)
        for name, schema in model.model_json_schema(by_alias=False)["properties"].items()
        if _may_hold_words(schema) and name not in WORDS
    ]

    # A quote is compared with its article and never stored.
    assert unchecked == ["EvidenceRecord.quote"]

import csv
import re
from io import StringIO

import pytest

from app.documents.entities.event import EventDocument
from app.domain.csv_cells import split_values, unguard_formulas
from app.domain.languages import Language
from app.formats.tables.csv import CsvDialect, Delimiter, write_csv
from app.formats.tables.event_columns import EVENT_COLUMNS, event_columns
from app.settings import PROJECT_ROOT
from tests.support.builders import NASTY, make_event_document

FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")


def _text(*events: EventDocument, language: Language = Language.EN, bom: bool = False) -> str:
    dialect = CsvDialect(bom=bom)
    return b"".join(write_csv(event_columns(language), events, dialect)).decode()


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def test_a_row_has_every_field() -> None:
    event = make_event_document(
        date="2024-06/..",
        treaty={"id": "pact", "kind": "treaty", "name": {"en": "Pact"}},
        relations=[
            {"type": "follows", "event": "2024-01-01-a", "title": {"en": "A"}, "date": "2024"}
        ],
        tags=["a", "b"],
        note="Doubtful.",
    )

    assert _rows(_text(event)) == [
        {
            "id": "2024-11-01-talks",
            "type": "meeting",
            "subtype": "consultations",
            "status": "occurred",
            "confidence": "high",
            "date": "2024-06/..",
            "date_text": "from June 2024",
            "start_earliest": "2024-06-01",
            "start_latest": "2024-06-30",
            "end_earliest": "2024-06-01",
            "end_latest": "",
            "date_precision": "month",
            "date_approximate": "false",
            "date_uncertain": "false",
            "title": "Talks",
            "summary": "The ministers talked.",
            "participant_ids": "sergey-lavrov; choe-son-hui",
            "participant_names": "sergey-lavrov; choe-son-hui",
            "participant_roles": "host; guest",
            "participant_capacities": "; ",
            "participant_sides": "RU; KP",
            "place_id": "moscow",
            "place_name": "Moscow",
            "country": "RU",
            "latitude": "55.75",
            "longitude": "37.62",
            "place_precision": "city",
            "treaty_id": "pact",
            "treaty_name": "Pact",
            "relation_types": "follows",
            "relation_events": "2024-01-01-a",
            "source_ids": "tass-1",
            "source_publishers": "TASS",
            "source_urls": "https://example.org/tass-1",
            "tags": "a; b",
            "note": "Doubtful.",
            "revision": "1",
            "created_at": "2026-11-21T12:00:00Z",
            "updated_at": "2026-11-21T12:00:00Z",
            "participant_offices": "; ",
            "participant_ranks": "; ",
            "further_place_ids": "",
            "source_houses": "tass",
            "independent_sources": "1",
        }
    ]


def test_an_unknown_value_is_an_empty_cell() -> None:
    (row,) = _rows(_text(make_event_document(place=None)))

    empty = ("place_id", "place_name", "latitude", "treaty_id", "relation_types", "tags", "note")
    assert {row[name] for name in empty} == {""}


def test_without_events_only_the_header_is_left() -> None:
    text = _text()

    assert text.endswith("\r\n") and text.count("\r\n") == 1
    assert next(csv.reader(StringIO(text, newline=""))) == [*EVENT_COLUMNS]


def test_texts_fall_back_to_english() -> None:
    (row,) = _rows(_text(make_event_document(), language=Language.FR))

    assert (row["title"], row["summary"]) == ("Entretiens", "The ministers talked.")
    (row,) = _rows(_text(make_event_document(), language=Language.KO))
    assert row["place_name"] == "모스크바"


def test_texts_survive_a_round_trip() -> None:
    event = make_event_document(title={"en": f"a {NASTY}"}, note='"')

    (row,) = _rows(_text(event))

    assert (row["title"], row["note"]) == (f"a {NASTY}", '"')


def test_a_sniffing_reader_finds_the_same_cells() -> None:
    text = _text(make_event_document(title={"en": 'A "quoted", listed\ntitle'}))

    dialect = csv.Sniffer().sniff(text, delimiters=",;\t")

    rows = list(csv.reader(StringIO(text, newline=""), dialect))
    assert {len(row) for row in rows} == {len(EVENT_COLUMNS)}
    assert 'A "quoted", listed\ntitle' in rows[1]


class TestFormulas:
    @pytest.mark.parametrize(
        "text",
        [*"=+-@", "\t=1", "  =1", "\u3000＝1", "＋1", "－1", "＠x", "\xa0@x", "\n=1", NASTY],
        ids=ascii,
    )
    def test_a_text_is_never_a_formula(self, text: str) -> None:
        # Built without validation: another version of the records may accept this text.
        event = make_event_document().model_copy(update={"note": text})
        event.title.en = text
        assert event.sources[0].publisher is not None
        event.sources[0].publisher.name.en = text
        event.participants[1].capacity = text

        (row,) = _rows(_text(event))

        assert row["title"] == row["note"] == f"'{text}"
        assert split_values(row["source_publishers"]) == [f"'{text}"]
        assert split_values(row["participant_capacities"]) == ["", f"'{text}"]

    @pytest.mark.parametrize("text", ["Kim = Putin", "a-b", "1+1", "x@example.org", "—", "'a'"])
    def test_other_texts_are_unchanged(self, text: str) -> None:
        (row,) = _rows(_text(make_event_document(title={"en": text})))

        assert row["title"] == text

    def test_a_text_that_looks_guarded_gets_another_apostrophe(self) -> None:
        (row,) = _rows(_text(make_event_document(title={"en": "'=1"})))

        assert row["title"] == "''=1"
        assert unguard_formulas(row["title"]) == "'=1"

    def test_invisible_characters_hide_no_formula(self) -> None:
        # Only a text that was stored before they were removed has them.
        document = make_event_document()
        document.title.en = "\ufeff\u202e=1+1"

        (row,) = _rows(_text(document))

        assert row["title"] == "'\ufeff\u202e=1+1"

    def test_no_cell_begins_a_formula_where_semicolons_separate_cells(self) -> None:
        event = make_event_document(title={"en": "Talks;=1+1; @x"}, note="a;\t-1")

        text = _text(event)

        cells = [cell for row in csv.reader(StringIO(text), delimiter=";") for cell in row]
        assert [cell for cell in cells if FORMULA.match(cell)] == []

    def test_a_negative_number_stays_a_number(self) -> None:
        event = make_event_document()
        assert event.place
        event.place.longitude, event.place.latitude = -157.85, -0.5

        (row,) = _rows(_text(event))

        assert (float(row["longitude"]), float(row["latitude"])) == (-157.85, -0.5)


def test_a_value_with_a_semicolon_is_quoted_within_its_list() -> None:
    event = make_event_document()
    event.participants[0].capacity, event.participants[1].capacity = "a; b", 'the "x"'

    (row,) = _rows(_text(event))

    assert row["participant_capacities"] == '"a; b"; the "x"'
    assert split_values(row["participant_capacities"]) == ["a; b", 'the "x"']


@pytest.mark.parametrize(("delimiter", "character"), [*zip(Delimiter, ",;\t", strict=True)])
def test_the_delimiter_can_be_chosen(delimiter: Delimiter, character: str) -> None:
    event = make_event_document(title={"en": "a, b; c\td"})

    written = write_csv(event_columns(Language.EN), [event], CsvDialect(delimiter))

    text = b"".join(written).decode()
    (row,) = csv.DictReader(StringIO(text, newline=""), delimiter=character, strict=True)
    assert [*row] == [*EVENT_COLUMNS]
    assert row["title"] == "a, b; c\td"


def test_a_byte_order_mark_is_written_once_on_request() -> None:
    text = _text(make_event_document(), bom=True)

    assert text.startswith("\ufeffid,type,") and text.count("\ufeff") == 1
    assert not _text(make_event_document()).startswith("\ufeff")


def test_the_docs_list_the_columns() -> None:
    described = re.findall(
        r"^\| ((?:`\w+` ?)+)\|", (PROJECT_ROOT / "docs/csv.md").read_text(), re.MULTILINE
    )

    assert re.findall(r"`(\w+)`", "".join(described)) == [*EVENT_COLUMNS]

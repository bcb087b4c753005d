"""CSV files of records: the records, and the errors of files that cannot be read."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.csv_cells import guard_formulas, join_values, split_values, unguard_formulas
from app.domain.languages import Language
from app.domain.values import LanguageMap
from app.domain.vocabulary import KINDS_OF_COLLECTIONS, EntityKind
from app.formats.tables.csv import CsvDialect, write_csv
from app.formats.tables.event_columns import EVENT_COLUMNS, event_columns
from app.records.models import (
    EventRecord,
    ParticipantRecord,
    PlaceRecord,
    Record,
    SourceRecord,
    TreatyRecord,
)
from app.records.parsing.csv_layout import DERIVED, LAYOUTS
from app.records.parsing.errors import RecordError
from app.records.parsing.other_words import suggest_field
from app.settings import PROJECT_ROOT
from tests.support.builders import (
    make_event_document,
    make_office,
    make_publisher,
    make_tag,
    read_data,
)
from tests.support.seed_records import list_seeds

PLACES = """\
id,name_en,country,latitude,longitude,precision
moscow,Moscow,RU,55.75,37.62,city
"""
EVENT = {
    "id": "2024-11-01-talks",
    "type": "meeting",
    "subtype": "consultations",
    "status": "occurred",
    "confidence": "high",
    "date": "2024-11-01",
    "title_en": "Talks",
    "summary_en": "They talked.",
    "participant_ids": "sergey-lavrov; choe-son-hui",
    "participant_roles": "host; guest",
    "participant_sides": "RU; KP",
    "source_ids": "tass-1",
}


def read(text: str | bytes, file: str) -> tuple[list[Record], list[RecordError]]:
    """Return the records and the errors of a file with this name."""
    data = text if isinstance(text, bytes) else text.encode()
    located, errors = read_data(data, file, ".csv")
    return [each.record for each in located], errors


def record_of(text: str | bytes, file: str) -> Record:
    """Return the only record of a file without errors."""
    (record,), errors = read(text, file)
    assert errors == []
    return record


def errors_of(text: str | bytes, file: str = "places.csv") -> list[str]:
    """Return the errors of a file."""
    return [str(error) for error in read(text, file)[1]]


def event_csv(**cells: str) -> str:
    """Return a file with one event and each cell in quotes."""
    values = {**EVENT, **cells}
    quoted = (f'"{cell}"' for cell in values.values())
    return f"{','.join(values)}\n{','.join(quoted)}\n"


def test_the_columns_are_those_of_the_docs() -> None:
    page = (PROJECT_ROOT / "docs/loading.md").read_text()
    rows = dict(re.findall(r"^\| (\w+) \| (`id` .*) \|$", page, re.MULTILINE))

    described = {
        KINDS_OF_COLLECTIONS[name]: re.findall(r"`(\w+)`", row) for name, row in rows.items()
    }

    assert described == {kind: [*layout] for kind, layout in LAYOUTS.items()}


class TestKinds:
    def test_an_event(self) -> None:
        text = event_csv(
            title_fr="Entretiens",
            participant_capacities="Minister; ",
            relation_types="part_of",
            relation_events="2024-10-31-visit",
            tags="a; b",
            place_id="moscow",
        )

        record = record_of(text, "events.csv")

        assert record == EventRecord.model_validate(
            {
                **{key: EVENT[key] for key in ("id", "type", "subtype", "status", "confidence")},
                "date": "2024-11-01",
                "title": {"en": "Talks", "fr": "Entretiens"},
                "summary": {"en": "They talked."},
                "place": "moscow",
                "participants": [
                    {"id": "sergey-lavrov", "role": "host", "capacity": "Minister", "side": "RU"},
                    {"id": "choe-son-hui", "role": "guest", "side": "KP"},
                ],
                "relations": [{"type": "part_of", "event": "2024-10-31-visit"}],
                "sources": ["tass-1"],
                "tags": ["a", "b"],
            }
        )

    def test_a_participant(self) -> None:
        text = (
            "id,kind,country,name_en,name_ko,aliases,position_titles,position_from,identifiers\n"
            "choe-son-hui,person,KP,Choe Son Hui,최선희,Choi Sun-hee;Цой Сон Хи,"
            "Minister;Vice Minister,2022;,wikidata:Q58217; viaf:1\n"
        )

        record = record_of(text, "participants.csv")

        assert record == ParticipantRecord.model_validate(
            {
                "id": "choe-son-hui",
                "kind": "person",
                "country": "KP",
                "names": {"en": "Choe Son Hui", "ko": "최선희"},
                "aliases": ["Choi Sun-hee", "Цой Сон Хи"],
                "positions": [{"title": "Minister", "from": "2022"}, {"title": "Vice Minister"}],
                "identifiers": {"wikidata": "Q58217", "viaf": "1"},
            }
        )

    def test_a_treaty(self) -> None:
        text = "id,kind,name_en,parties,registration\npact,treaty,Pact,RU; KP,UNTS 1\n"

        record = record_of(text, "treaties-2024.csv")

        values = {"id": "pact", "kind": "treaty", "names": {"en": "Pact"}, "parties": ["RU", "KP"]}
        assert record == TreatyRecord.model_validate({**values, "registration": "UNTS 1"})

    def test_a_source(self) -> None:
        text = "id,language,url\ntass-1,en,https://example.org/1\n"

        record = record_of(text, "Sources.csv")

        values = {"id": "tass-1", "language": "en", "url": "https://example.org/1"}
        assert record == SourceRecord.model_validate(values)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(PLACES, id="commas"),
            pytest.param(PLACES.replace("\n", "\r\n"), id="CRLF"),
            pytest.param("\ufeff" + PLACES, id="a byte order mark"),
            pytest.param(
                PLACES.replace(",", ";").replace(".", ","), id="as Excel in Europe writes"
            ),
            pytest.param(PLACES.replace(",", "\t"), id="tabs"),
            pytest.param(
                '"id";"name_en";"country";"latitude";"longitude";"precision"\n'
                'moscow;"Moscow";RU;55,75;37,62;city\n',
                id="a quoted header, and more commas than semicolons in the row",
            ),
            pytest.param(PLACES.replace("\n", ",,\n") + ",,,,,,,\n\n", id="empty columns and rows"),
            pytest.param(PLACES.replace("Moscow", '" Moscow "'), id="quotes and white space"),
            pytest.param(PLACES.rstrip(), id="no line end at the end"),
        ],
    )
    def test_a_place_in_each_notation(self, text: str) -> None:
        record = record_of(text, "places.csv")

        assert record == PlaceRecord.model_validate(
            {
                "id": "moscow",
                "names": {"en": "Moscow"},
                "country": "RU",
                "latitude": 55.75,
                "longitude": 37.62,
                "precision": "city",
            }
        )

    def test_the_header_alone_tells_the_delimiter(self) -> None:
        text = "id;name_en\nsummit;a, b, c, d\n"

        assert record_of(text, "tags.csv") == make_tag("summit", names={"en": "a, b, c, d"})

    def test_a_value_in_quotes_may_contain_semicolons(self) -> None:
        text = "id,name_en,country,latitude,longitude,precision,aliases\n" + (
            'moscow,Moscow,RU,1,2,city,"""a; b""; c ""d""; ""e"""\n'
        )

        record = record_of(text, "places.csv")

        assert isinstance(record, PlaceRecord)
        assert record.aliases == ["a; b", 'c "d"', "e"]

    def test_a_cell_may_be_as_long_as_a_line(self) -> None:
        (error,) = errors_of(event_csv(note="x" * 200_000), "events.csv")

        assert "column note: found the text 'xxx" in error

    def test_a_cell_over_several_lines(self) -> None:
        record = record_of(event_csv(note='He said ""no"".\r\nTwice.'), "events.csv")

        assert isinstance(record, EventRecord)
        assert record.note == 'He said "no".\nTwice.'


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "error"),
        [
            pytest.param(
                PLACES.replace("55.75", "95"),
                "places.csv:2: moscow: column latitude: found the number 95.0, "
                "expected a number of at most 90",
                id="a value",
            ),
            pytest.param(
                PLACES.replace("55.75", "north"),
                "places.csv:2: moscow: column latitude: found the text 'north', expected a number",
                id="no number",
            ),
            pytest.param(
                PLACES.replace("Moscow", ""),
                "places.csv:2: moscow: column name_en: is required",
                id="a cell that is empty",
            ),
            pytest.param(
                PLACES.replace("Moscow", "Moscow, Russia"),
                "places.csv:2: the row has 7 cells and the header 6: write a cell",
                id="too many cells",
            ),
            pytest.param(
                PLACES.replace(",city\n", "\n"),
                "places.csv:2: the row has 5 cells and the header 6: write a separator",
                id="too few cells",
            ),
            pytest.param(
                PLACES.replace("Moscow", '"Moscow'),
                "places.csv:2: not valid CSV: ",
                id="a quote that is not closed",
            ),
            pytest.param(
                PLACES.replace("\n", "\r"),
                "places.csv:1: not valid CSV: a line ends with CR alone: save the file with LF or CRLF",
                id="lines of old Macs",
            ),
            pytest.param(
                PLACES.encode("utf-16"), "places.csv:1: byte 0xFF is not UTF-8", id="UTF-16"
            ),
            pytest.param("", "places.csv:1: the first line is empty", id="nothing"),
            pytest.param(
                PLACES.replace("moscow", "mos\0cow"), "places.csv:2: a NUL byte", id="NUL"
            ),
            pytest.param(
                PLACES.replace("\n", ",,\n", 1).replace("city\n", "city,x,\n"),
                "places.csv:2: a column without a name must be empty",
                id="a cell without a column",
            ),
        ],
    )
    def test_has_its_line_and_column(self, text: str | bytes, error: str) -> None:
        (message,) = errors_of(text)

        assert message.startswith(error)

    @pytest.mark.parametrize(
        "column",
        sorted({c for layout in LAYOUTS.values() for c in layout if re.search("_ids?$", c)}),
    )
    def test_a_column_of_ids_is_known_by_its_entity(self, column: str) -> None:
        """`place` is the `place_id` of an event, and not its `id`."""
        entity = re.sub("_ids?$", "", column)

        for layout in LAYOUTS.values():
            if column in layout:
                assert suggest_field(entity, layout) == f"; did you mean {column!r}?"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param(
                PLACES.replace("name_en", "name_eng"),
                ["1: column name_eng: unknown column; did you mean 'name_en' or "],
                id="a column that is spelt otherwise",
            ),
            pytest.param(
                PLACES.replace("name_en", "Name"),
                ["1: column Name: unknown column; did you mean 'name_en'?"],
                id="a column that is called otherwise",
            ),
            pytest.param(
                PLACES.replace("latitude", "longitude"),
                [
                    "1: column longitude: this column appears twice",
                    "1: column latitude: this column is required",
                ],
                id="a repeated column",
            ),
            pytest.param(
                "id,country,foo,bar\nmoscow,Russia,1,2\n,RU,,\n",
                [
                    "1: column foo: unknown column; the columns are id, ",
                    "1: column bar: unknown column; the columns are id, ",
                    "1: column name_en: this column is required",
                    "1: column latitude: this column is required",
                    "1: column longitude: this column is required",
                    "1: column precision: this column is required",
                    "2: moscow: column country: found the text 'Russia', expected a country code",
                    "3: column id: is required",
                ],
                id="every mistake of a header, and each error of the rows",
            ),
            pytest.param(
                "id,name_en\n".replace(",", "|") + "summit|Summit\n",
                [
                    "1: the columns are separated by '|': separate them by commas, semicolons or tabs"
                ],
                id="another separator",
            ),
            pytest.param(
                "," + PLACES.replace("\n", "\n0,", 1) + "1,omsk,Omsk,RU,54.9,73.3,city\n",
                [
                    "2: a column without a name must be empty in every row; pandas leaves out its index"
                ],
                id="the index of pandas, once",
            ),
        ],
    )
    def test_a_header_hides_no_error(self, text: str, expected: list[str]) -> None:
        messages = errors_of(text)

        assert [
            m[: len("places.csv:") + len(e)] for m, e in zip(messages, expected, strict=True)
        ] == [f"places.csv:{each}" for each in expected]

    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_a_line_above_the_header_may_name_the_separator(self, separator: str) -> None:
        header, row = "id;name_en;definition_en".replace(";", separator), ["summit", "Summit", ""]
        text = f"sep={separator}\r\n{header}\r\n{separator.join(row)}\r\nx,y;z\tw{separator * 4}"

        records, errors = read_data(text.encode(), "tags.csv", ".csv")

        assert [each.record for each in records] == [make_tag("summit", names={"en": "Summit"})]
        assert [(each.line, each.problem[:11]) for each in errors] == [(4, "the row has")]

    @pytest.mark.parametrize(
        ("cells", "error"),
        [
            pytest.param(
                {"participant_roles": "host; gest"},
                "column participant_roles, value 2: found the text 'gest', expected one of: ",
                id="a value of a list",
            ),
            pytest.param(
                {"participant_roles": "host"},
                "column participant_roles: the number of values is 1, but 2 in the columns before it",
                id="lists that do not match",
            ),
            pytest.param(
                {
                    "participant_ids": "sergey-lavrov; sergey-lavrov",
                    "participant_roles": "host;host",
                },
                "column participant_ids: participant 'sergey-lavrov (host)' appears more than once",
                id="a list",
            ),
            pytest.param({"date": "1/11/2024"}, "column date: ", id="a date of a spreadsheet"),
            pytest.param(
                {"title_en": "Talks", "title_ru": "Cергей"},
                "column title_ru: the word",
                id="Russian",
            ),
            pytest.param({"title_en": "", "title": "Cергей"}, "column title: the word", id="title"),
            pytest.param({"place_id": "Moscow"}, "such as moscow", id="the id of a place"),
        ],
    )
    def test_in_an_event_has_its_column(self, cells: dict[str, str], error: str) -> None:
        (message,) = errors_of(event_csv(**cells), "events.csv")

        assert message.startswith("events.csv:2: ")
        assert error in message

    def test_in_identifiers_has_its_column(self) -> None:
        header = "id,kind,country,name_en,identifiers\n"

        twice = errors_of(f"{header}a,person,RU,A,wikidata:Q1; wikidata:Q2\n", "participants.csv")
        without = errors_of(f"{header}a,person,RU,A,Q1\n", "participants.csv")

        assert twice == [
            "participants.csv:2: column identifiers: the scheme 'wikidata' appears twice"
        ]
        assert "column identifiers: found the text 'Q1', expected a scheme" in without[0]

    def test_in_one_row_does_not_affect_others(self) -> None:
        text = PLACES + "omsk,Omsk,RU\n" + PLACES.splitlines()[1].replace("moscow", "tomsk")

        records, errors = read(text, "places.csv")

        assert [record.id for record in records] == ["moscow", "tomsk"]
        assert [error.line for error in errors] == [3]

    def test_counts_the_lines_of_cells(self) -> None:
        lines = event_csv(note="a\nb\nc").splitlines()

        errors = errors_of("\n".join([*lines, "x"]), "events.csv")

        assert [error[:13] for error in errors] == ["events.csv:5:"]

    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            (
                "2026-09-01T00:00:00",
                "did you mean 2026-09-01? If midnight is known, write its offset",
            ),
            ("2026-09-01 00:00", "did you mean 2026-09-01?"),
            ("1-Sep-26", "did you mean 2026-09-01?"),
        ],
    )
    def test_a_date_as_a_program_writes_it_is_refused(self, cell: str, expected: str) -> None:
        (error,) = errors_of(event_csv(date=cell), "events.csv")

        assert "column date: " in error
        assert expected in error

    def test_a_midnight_with_its_offset_is_a_time(self) -> None:
        record = record_of(event_csv(date="2024-11-01T00:00:00Z"), "events.csv")

        assert isinstance(record, EventRecord)
        assert record.date == "2024-11-01T00:00:00Z"

    @pytest.mark.parametrize("file", ["event-records.csv", "events.csv", "Event 2018.csv"])
    def test_the_name_of_a_file_may_begin_with_a_kind(self, file: str) -> None:
        assert isinstance(record_of(event_csv(), file), EventRecord)

    @pytest.mark.parametrize("file", ["data.csv", "eventual.csv", "placesof.csv"])
    def test_the_name_of_a_file_must_begin_with_a_collection(self, file: str) -> None:
        (error,) = errors_of(PLACES, file)

        assert "must begin with one of: participants" in error

    @given(st.binary(max_size=100), st.integers(0, 400), st.integers(0, 20))
    def test_any_bytes_give_records_or_errors(self, data: bytes, start: int, length: int) -> None:
        valid = event_csv(note="'=1").encode()

        records, errors = read(valid[:start] + data + valid[start + length :], "events.csv")

        assert records or errors
        for error in errors:
            assert error.line is not None
            assert str(error).isprintable()


class TestExports:
    """The output of `/v1/events.csv` can be loaded, without the fields that it does not have."""

    def test_every_column_is_known(self) -> None:
        known = {*LAYOUTS[EntityKind.EVENT], *DERIVED[EntityKind.EVENT]}

        assert {*EVENT_COLUMNS} <= known

    def test_events_come_back_except_evidence_and_other_languages(self) -> None:
        events = [_plain(event) for event in list_seeds(EventRecord)]
        documents = [_document(event) for event in events]
        exported = b"".join(write_csv(event_columns(Language.EN), documents, CsvDialect(bom=True)))

        records, errors = read(exported, "events.csv")

        assert errors == []
        assert records == events

    def test_formulas_come_back_as_they_were(self) -> None:
        document = make_event_document(note="=1+1;-2", tags=[])

        exported = b"".join(write_csv(event_columns(Language.EN), [document]))
        record = record_of(exported, "events.csv")

        assert isinstance(record, EventRecord)
        assert b"'=1+1;'-2" in exported
        assert record.note == "=1+1;-2"

    @given(st.text(st.sampled_from("=+-@;a ' \t\u200b＝"), max_size=12))
    def test_a_guard_can_be_taken_away(self, text: str) -> None:
        assert unguard_formulas(guard_formulas(text)) == text


class TestLists:
    """Any values come back from the cell of a list."""

    @given(st.lists(st.text(st.sampled_from("a;\" '"), max_size=6).map(str.strip), min_size=1))
    def test_values_come_back(self, values: list[str]) -> None:
        assert split_values(join_values(values)) == values

    @pytest.mark.parametrize(
        ("cell", "values"),
        [
            ("a; b", ["a", "b"]),
            ("a;", ["a", ""]),
            (";", ["", ""]),
            ('"a;b" ; c', ["a;b", "c"]),
            ('"a" b; c', ['"a" b', "c"]),
            ('"a; b', ['"a', "b"]),
        ],
    )
    def test_hand_written_cells(self, cell: str, values: list[str]) -> None:
        assert split_values(cell) == values


def _plain(event: EventRecord) -> EventRecord:
    """Return the event with only the fields that a CSV file in English has."""
    return event.model_copy(
        update={
            "title": LanguageMap(en=event.title.en),
            "summary": LanguageMap(en=event.summary.en),
            "sources": [each.model_copy(update={"evidence": []}) for each in event.sources],
        }
    )


def _office(id: str | None) -> Any:
    return id and {"id": id, "name": {"en": "Minister"}, "rank": "minister"}


def _document(event: EventRecord) -> Any:
    fields = event.model_dump(mode="json")
    place = {"name": {"en": "Moscow"}, "country": "RU", "latitude": 1.0, "longitude": 1.0}
    place["precision"] = "city"
    fields["place"] = event.place and {"id": event.place, **place}
    shown = {"title": {"en": "Talks"}, "date": "2024"}
    fields["relations"] = [{**each, **shown} for each in fields["relations"]]
    fields["further_places"] = [{"id": each, **place} for each in event.further_places]
    fields["treaty"] = event.treaty and {
        "id": event.treaty,
        "kind": "treaty",
        "name": {"en": "Treaty"},
    }
    fields["sources"] = [
        {
            **dict.fromkeys(("publisher", "agency", "house", "title", "published")),
            **dict.fromkeys(("archived_url", "article")),
            "id": each.source,
            "language": "en",
            "url": "https://example.org",
            "evidence": [],
        }
        for each in event.sources
    ]
    fields["participants"] = [
        {"kind": "person", "name": {"en": "Somebody"}, **part, "office": _office(part["office"])}
        for part in fields["participants"]
    ]
    return make_event_document(**fields)


class TestOfficesPublishersAndTags:
    """A row of each kind gives the record that YAML gives."""

    @pytest.mark.parametrize(
        ("name", "rows", "expected"),
        [
            (
                "offices",
                """\
id,rank,country,organisation,from,to,name_en,name_ko,feminine_fr,aliases
kp-fm,foreign_minister,KP,mfa,1998,,Minister,외무상,Ministre,FM; MFA
""",
                make_office(
                    "kp-fm",
                    rank="foreign_minister",
                    country="KP",
                    organisation="mfa",
                    names={"en": "Minister", "ko": "외무상"},
                    feminine={"fr": "Ministre"},
                    aliases=["FM", "MFA"],
                    **{"from": "1998"},
                ),
            ),
            (
                "publishers",
                """\
id,kind,country,house,name_en,name_ru,aliases,state
copy,aggregator,US,kcna,Copy,Копия,C,FALSE
""",
                make_publisher(
                    "copy",
                    kind="aggregator",
                    country="US",
                    house="kcna",
                    names={"en": "Copy", "ru": "Копия"},
                    aliases=["C"],
                    state=False,
                ),
            ),
            (
                "tags",
                "id,broader,name_en,definition_en\narms,military,Arms,Deliveries.\n",
                make_tag(
                    "arms",
                    broader="military",
                    names={"en": "Arms"},
                    definition={"en": "Deliveries."},
                ),
            ),
            (
                "tags",
                "id,name_en,definition_en\narms,Arms,\n",
                make_tag("arms", names={"en": "Arms"}),
            ),
        ],
    )
    def test_is_read(self, name: str, rows: str, expected: Record) -> None:
        records, errors = read_data(rows.encode(), f"{name}.csv", ".csv")

        assert errors == []
        assert [each.record for each in records] == [expected]

    def test_a_state_that_is_no_flag_is_refused(self) -> None:
        rows = b"id,kind,name_en,state\ntass,agency,TASS,perhaps\n"

        _, (error,) = read_data(rows, "publishers.csv", ".csv")

        assert "column state: found the text 'perhaps', expected true or false" in str(error)

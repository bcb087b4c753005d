"""Files of records: the records, and the errors of files that cannot be read."""

import gc
import json
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.vocabulary import EntityKind
from app.records.models import PlaceRecord
from app.records.parsing import files, json_text, yaml_text
from app.records.parsing.errors import RecordError
from app.records.parsing.files import read_files
from tests.support.builders import read_data
from tests.support.chance import scaled

PLACES = """\
# Two places.
places:
- id: moscow
  names:
    en: Moscow
    ru: Москва
  country: RU
  latitude: 55.7558
  longitude: 37.6173
  precision: city
- id: pyongyang
  names: {en: Pyongyang, ko: 평양}
  country: KP
  latitude: 39.0392
  longitude: +125.7625
  precision: city
"""
MAPPING = yaml.safe_load(PLACES)
VALID = {
    ".yaml": PLACES,
    ".json": json.dumps(MAPPING, ensure_ascii=False, indent=2),
    ".ndjson": "".join(json.dumps({"places": [place]}) + "\n" for place in MAPPING["places"]),
}

# CSV has no mappings and no lists; `test_csv` tests it in detail.
PLACES_CSV = """\
id,name_en,name_ru,name_ko,country,latitude,longitude,precision
moscow,Moscow,Москва,,RU,55.7558,37.6173,city
pyongyang,Pyongyang,,평양,KP,39.0392,125.7625,city
"""


def errors_in(text: str | bytes, suffix: str = ".yaml") -> list[RecordError]:
    """Return the errors of a text without valid records."""
    data = text if isinstance(text, bytes) else text.encode()
    records, errors = read_data(data, "file", suffix)
    assert records == []
    return errors


def error_in(text: str | bytes, suffix: str = ".yaml") -> str:
    """Return the only error of a text."""
    (error,) = errors_in(text, suffix)
    return str(error)


class TestReadFiles:
    @pytest.mark.parametrize("suffix", files.FORMATS)
    def test_reads_the_same_records_from_every_format(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"places{suffix}"
        others = {".yml": PLACES, ".jsonl": VALID[".ndjson"], ".csv": PLACES_CSV}
        text = {**VALID, **others}[suffix]
        path.write_text(text, encoding="utf-8")

        records, errors = read_files([path])

        assert errors == []
        assert [located.record for located in records] == [
            PlaceRecord.model_validate(place) for place in MAPPING["places"]
        ]
        assert {(located.kind, located.file) for located in records} == {
            (EntityKind.PLACE, str(path))
        }

    def test_reads_folders_within_folders_by_path(self, tmp_path: Path) -> None:
        (tmp_path / "b").mkdir()
        (tmp_path / "b" / "2.YAML").write_text(PLACES, encoding="utf-8")
        (tmp_path / "a.json").write_text('{"sources": [{"id": "x", "language": "en"}]}')
        (tmp_path / "README.md").write_text("Not a record.")

        records, errors = read_files([tmp_path])

        assert [located.record.id for located in records] == ["moscow", "pyongyang"]
        assert [error.file for error in errors] == [str(tmp_path / "a.json")]

    def test_three_errors_are_three_with_their_lines(self, tmp_path: Path) -> None:
        path = tmp_path / "places.yaml"
        text = PLACES.replace("RU", "ru", 1).replace("latitude: 39", "lattitude: 139")
        path.write_text(text, encoding="utf-8")

        records, errors = read_files([path])

        assert records == []
        assert list(map(str, errors)) == [
            (
                f"{path}:7: moscow: /places/0/country: found the text 'ru', expected a country code: "
                "ISO 3166-1 alpha-2 such as RU or KP, or SU; did you mean 'RU'?"
            ),
            f"{path}:11: pyongyang: /places/1/latitude: is required",
            (
                f"{path}:14: pyongyang: /places/1/lattitude: unknown field; "
                "did you mean 'latitude' or 'longitude'?"
            ),
        ]

    def test_a_file_that_cannot_be_read_does_not_stop_the_next(self, tmp_path: Path) -> None:
        (tmp_path / "1.yaml").write_text("places: [")
        (tmp_path / "2.yaml").write_text(PLACES, encoding="utf-8")

        records, errors = read_files([tmp_path])

        assert (len(records), len(errors)) == (2, 1)

    @pytest.mark.parametrize(
        ("name", "problem"),
        [
            pytest.param("none.yaml", "this file or folder does not exist", id="missing file"),
            pytest.param("notes.txt", "the name of a file must end in one of: .yaml,", id="suffix"),
            pytest.param(
                "empty", "the folder has no file that ends in one of: .yaml,", id="empty folder"
            ),
        ],
    )
    def test_refuses_paths(self, tmp_path: Path, name: str, problem: str) -> None:
        (tmp_path / "notes.txt").write_text("Not a record.")
        (tmp_path / "empty").mkdir()

        records, (error,) = read_files([tmp_path / name])

        assert records == []
        assert str(error).startswith(f"{tmp_path / name}: {problem}")

    def test_says_why_the_system_refuses(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_: Path, mode: str) -> object:
            raise PermissionError(13, "Permission denied")

        path = tmp_path / "places.yaml"
        path.touch()
        monkeypatch.setattr(Path, "open", refuse)

        assert [str(error) for error in read_files([path])[1]] == [
            f"{path}: cannot be read: Permission denied"
        ]

    def test_leaves_a_file_with_too_many_errors(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "MAX_ERRORS", 3)
        (tmp_path / "1.json").write_text(json.dumps({"places": [0] * 5}))
        (tmp_path / "2.yaml").write_text(PLACES, encoding="utf-8")

        records, errors = read_files([tmp_path])

        assert len(records) == 2
        assert [error.pointer for error in errors] == ["/places/0", "/places/1", "/places/2", ""]
        assert errors[3].problem == "more than 3 errors: the rest of the file was skipped"

    def test_leaves_the_garbage_collector_as_it_was(self) -> None:
        read_files([])
        assert gc.isenabled()


class TestFolders:
    ONE = "sources: [{id: tass-1, language: en, url: 'https://example.org'}]"

    def test_a_folder_may_be_called_like_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "batch.yaml").mkdir()
        (tmp_path / "batch.yaml" / "a.yaml").write_text(self.ONE)

        records, errors = read_files([tmp_path])

        assert (len(records), errors) == (1, [])

    def test_hidden_files_and_folders_are_left_out(self, tmp_path: Path) -> None:
        """Emacs locks a file with a dangling link, macOS copies its attributes, and git has settings."""
        (tmp_path / "a.yaml").write_text(self.ONE)
        (tmp_path / ".#a.yaml").symlink_to("me@here.1:2")
        (tmp_path / "._tags.csv").write_bytes(b"\0\x05\x16\x07")
        (tmp_path / ".github").mkdir()
        (tmp_path / ".github" / "ci.yml").write_text("on: push")

        records, errors = read_files([tmp_path])

        assert (len(records), errors) == (1, [])
        assert not files.has_tables([tmp_path])
        assert files.has_tables([tmp_path / "._tags.csv"])

    def test_links_to_folders_are_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text(self.ONE)
        (tmp_path / "round.yaml").symlink_to(tmp_path, target_is_directory=True)

        records, errors = read_files([tmp_path])

        assert (len(records), errors) == (1, [])

    def test_a_folder_that_cannot_be_read_is_an_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Root may read everything, so the test simulates the error of the system."""
        (tmp_path / "a.yaml").write_text(self.ONE)
        (tmp_path / "secret").mkdir()
        scandir = os.scandir

        def refuse(path: str) -> object:
            if str(path).endswith("secret"):
                raise PermissionError(13, "Permission denied", str(path))
            return scandir(path)

        monkeypatch.setattr(os, "scandir", refuse)

        _, errors = read_files([tmp_path])

        assert [str(error) for error in errors] == [
            f"{tmp_path}/secret: cannot be read: Permission denied"
        ]


class TestLocatedRecord:
    @pytest.mark.parametrize(
        ("suffix", "lines"),
        [
            pytest.param(".yaml", [3, 4, 6, 10, 11, 12, 12, 16], id="YAML"),
            pytest.param(".json", [3, 5, 7, 12, 14, 16, 18, 23], id="JSON"),
            pytest.param(".ndjson", [1, 1, 1, 1, 2, 2, 2, 2], id="NDJSON"),
        ],
    )
    def test_knows_the_lines_of_its_fields(self, suffix: str, lines: list[int]) -> None:
        records, _ = read_data(VALID[suffix].encode(), "file", suffix)
        pointers = (
            ["", "/names", "/names/ru", "/precision"],
            ["", "/names", "/names/ko", "/precision"],
        )

        found = [
            located.line(pointer)
            for located, own in zip(records, pointers, strict=True)
            for pointer in own
        ]

        assert found == lines

    def test_returns_the_line_around_a_missing_value(self) -> None:
        (moscow, _), _ = read_data(PLACES.encode(), "file", ".yaml")
        assert moscow.line("/names/ko") == moscow.line("/names") == 4

    def test_makes_errors(self) -> None:
        (moscow, _), _ = read_data(PLACES.encode(), "file", ".yaml")
        error = moscow.error("/country", "is not on the map")
        place = ("file", 7, "moscow", "/places/0/country")
        assert error == RecordError(*place, "is not on the map", EntityKind.PLACE)


class TestAnyFormat:
    @pytest.mark.parametrize("suffix", VALID)
    def test_tolerates_a_byte_order_mark(self, suffix: str) -> None:
        records, errors = read_data(b"\xef\xbb\xbf" + VALID[suffix].encode(), "file", suffix)
        assert (len(records), errors) == (2, [])

    @pytest.mark.parametrize("suffix", VALID)
    def test_tolerates_the_line_ends_of_windows(self, suffix: str) -> None:
        data = VALID[suffix].replace("\n", "\r\n").encode()
        records, errors = read_data(data, "file", suffix)
        assert (len(records), errors) == (2, [])

    @pytest.mark.parametrize("suffix", VALID)
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            pytest.param(b"", "file:1: the file is empty", id="empty"),
            pytest.param(b" \n\n", "file:1: the file is empty", id="white space"),
            pytest.param(b"\n\n\xff", "file:3: byte 0xFF is not UTF-8", id="not UTF-8"),
            pytest.param("{}".encode("utf-16"), "file:1: byte 0xFF is not UTF-8", id="UTF-16"),
            pytest.param(b"\n{}\0", "file:2: a NUL byte is not allowed", id="NUL"),
            pytest.param(b"[]", "file:1: found an empty list, expected a mapping", id="list"),
            pytest.param(b'"a"', "file:1: found the text 'a', expected a mapping", id="text"),
            pytest.param(
                b'{"event": []}',
                "file:1: /event: unknown collection; did you mean 'events'?",
                id="unknown collection",
            ),
            pytest.param(
                b'{"x": []}',
                "file:1: /x: unknown collection; the collections are participants, places, offices,",
                id="collection like no other",
            ),
            pytest.param(
                b'{"events": {}}',
                "file:1: /events: found a mapping, expected a list of records",
                id="no list",
            ),
            pytest.param(
                b'{"events": [3]}',
                "file:1: /events/0: found the number 3, expected a mapping",
                id="no record",
            ),
            pytest.param(
                b'{"events": [], "events": []}',
                "file:1: /events: this key appears twice in one mapping",
                id="key twice",
            ),
        ],
    )
    def test_refuses(self, data: bytes, suffix: str, expected: str) -> None:
        assert error_in(data, suffix).startswith(expected)

    @pytest.mark.parametrize("suffix", VALID)
    @pytest.mark.parametrize("depth", [60, 5_000, 200_000])
    def test_deep_nesting_is_one_error(self, depth: int, suffix: str) -> None:
        data = b'{"events": ' + b"[" * depth + b"]" * depth + b"}"

        # The depth at which the JSON parser gives up depends on the version of Python. Lists that it
        # still parses are not records.
        assert "levels deep" in error_in(data, suffix) or "expected a mapping" in error_in(
            data, suffix
        )

    @pytest.mark.parametrize("suffix", VALID)
    def test_an_empty_collection_holds_nothing(self, suffix: str) -> None:
        assert read_data(b'{"events": []}', "file", suffix) == ([], [])

    @pytest.mark.parametrize("id_", ["3", '"a\\nb"', f'"{"a" * 1000}"'])
    def test_a_record_without_an_id_to_show_has_none(self, id_: str) -> None:
        errors = errors_in(f'{{"events": [{{"id": {id_}}}]}}', ".json")
        assert {error.record for error in errors} == {None}


@pytest.fixture(params=["C", "Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test with each of the two parsers that PyYAML may have."""
    if request.param == "Python":
        monkeypatch.setattr(yaml_text, "_LOADER", yaml.BaseLoader)


@pytest.mark.usefixtures("parser")
class TestYaml:
    @pytest.mark.parametrize(
        ("scalar", "value"),
        [
            ("", None),
            ("~", None),
            ("null", None),
            ("true", True),
            ("False", False),
            ("0", 0),
            ("-7", -7),
            ("+125.7", 125.7),
            (".5", 0.5),
            ("5.", 5.0),
            ("1e3", 1000.0),
            ("999999999999999999", 999999999999999999),
            ("1000000000000000000", "1000000000000000000"),
            ("NO", "NO"),
            ("on", "on"),
            ("2024-11-01", "2024-11-01"),
            ("2024-01-14/2024-01-17", "2024-01-14/2024-01-17"),
            ("1:30", "1:30"),
            ("0777", "0777"),
            ("0x1F", "0x1F"),
            ("1_000", "1_000"),
            (".inf", ".inf"),
            (".", "."),
            ("<<", "<<"),
            ("'2024'", "2024"),
            ('"null"', "null"),
            ("''", ""),
        ],
        ids=repr,
    )
    def test_reads_the_scalars_of_yaml_1_2(self, scalar: str, value: object) -> None:
        read = yaml_text.parse(f"a: {scalar}")
        assert isinstance(read, dict)
        assert (read["a"], type(read["a"])) == (value, type(value))

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("# Nothing.\n", "file:1: the file is empty", id="only a comment"),
            pytest.param("---\n", "file:1: found nothing (null), expected a", id="only a marker"),
            pytest.param(
                "events:\n- id: a\n  date: 2024\n  id: b",
                "file:4: /events/0/id: this key appears twice",
                id="key twice",
            ),
            pytest.param("a: &x 1", "file:1: /a: anchors and aliases", id="anchor"),
            pytest.param("a: 1\nb: *x", "file:2: /b: anchors and aliases", id="alias"),
            pytest.param("&x a: 1", "file:1: anchors and aliases", id="anchor on a key"),
            pytest.param("a: &x [*x]", "file:1: /a: anchors and aliases", id="endless list"),
            pytest.param(
                "a: !!python/object/apply:os.system [ls]",
                "file:1: /a: tags are refused: remove 'tag:yaml.org,2002:python/",
                id="tag of a Python object",
            ),
            pytest.param("a: !!str 1", "file:1: /a: tags are refused", id="tag of a text"),
            pytest.param("a: ! 1", "file:1: /a: tags are refused: remove '!'", id="bare tag"),
            pytest.param("a: 1\n---\nb: 2", "file:2: a file holds one document", id="documents"),
            pytest.param("2024: a", "file:1: found the number 2024 as a key", id="number as key"),
            pytest.param("a:\n  ~: b", "file:2: /a: found nothing (null) as a key", id="null key"),
            pytest.param("? [a]\n: b", "file:1: a key must be one text", id="list as key"),
            pytest.param("a: 1\nb: \x07", "file:2: character U+0007 is not allowed", id="control"),
            pytest.param("a: 1\n\tb: 2", "file:2: not valid YAML: found a tab character", id="tab"),
            pytest.param("a:\n\tb: 2", "file:2: not valid YAML: found a tab character", id="tab 2"),
            pytest.param("a: 1\nb: 'x\nc", "file:2: not valid YAML: found unexpected", id="quote"),
            pytest.param("a: 1\nb: c: d", "file:2: not valid YAML: mapping values", id="colon"),
            pytest.param("a: 1\nb: @c", "file:2: not valid YAML: found character", id="special"),
            pytest.param("a: 1\nb\nc: 1", "file:2: not valid YAML: could not find", id="no colon"),
            pytest.param("a:\n- b\n c: 1", "file:3: not valid YAML: ", id="indentation"),
            pytest.param("a: [b\nc: d", "file:2: not valid YAML: ", id="bracket"),
            pytest.param("%YAML 9\n---\na: 1", "file:1: not valid YAML: ", id="directive"),
        ],
    )
    def test_refuses(self, text: str, expected: str) -> None:
        assert error_in(text).startswith(expected)

    def test_advises(self) -> None:
        assert error_in("places:\n\t- id: moscow") == (
            "file:2: not valid YAML: found a tab character (indent with spaces, not with tabs)"
        )

    def test_a_year_needs_quotes(self) -> None:
        errors = errors_in("events:\n- id: 2024-a\n  date: 2024\n")
        assert (
            "file:3: 2024-a: /events/0/date: found the number 2024, expected a text: "
            in "\n".join(map(str, errors))
        )


class TestJson:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param('{\n"a": }', "file:2: not valid JSON: expecting value", id="syntax"),
            pytest.param('{"a": "b', "file:1: not valid JSON: unterminated string", id="quote"),
            pytest.param("{} {}", "file:1: not valid JSON: extra data, column 4", id="two values"),
            pytest.param(
                '{"events": [\n{"a": 1,\n"a": 1}]}',
                "file:3: /events/0/a: this key appears twice",
                id="key twice",
            ),
            pytest.param(
                '{"a,]": 1,\n"\\u0061,]": 2}',
                "file:2: /a,]: this key appears twice",
                id="escaped key",
            ),
            pytest.param('{"a":\nNaN}', "file:2: NaN is not a number in JSON", id="NaN"),
            pytest.param('["NaN",\n-Infinity]', "file:2: -Infinity is not", id="infinity"),
            pytest.param(f"[\n-{'9' * 19}]", "file:2: an integer has at most 18", id="integer"),
            pytest.param(f"[{'9' * 5000}]", "file:1: an integer has at most 18", id="huge integer"),
            pytest.param(
                '{"a": "\\ud83d\\ude00",\n"\\ud800": 1}', "file:2: half a", id="half a key"
            ),
            pytest.param(f"[{'9' * 30}null]", "file:1: not valid JSON: expecting ','", id="both"),
            pytest.param('["\\\\ud800",\n"\\udfff"]', "file:2: half a character", id="half a text"),
        ],
    )
    def test_refuses(self, text: str, expected: str) -> None:
        assert error_in(text, ".json").startswith(expected)

    def test_infinity_is_no_latitude(self) -> None:
        text = json.dumps({"places": [MAPPING["places"][0] | {"latitude": 0}]})
        assert "found the number inf, expected a finite number" in error_in(
            text.replace('"latitude": 0', '"latitude": 1e999'), ".json"
        )


class TestNdjson:
    def test_one_bad_line_does_not_stop_the_next(self) -> None:
        first, second = VALID[".ndjson"].splitlines()
        text = f"{first}\n\n{{\n \n{second}\n[]"

        records, errors = read_data(text.encode(), "file", ".ndjson")

        assert [located.line() for located in records] == [1, 5]
        assert [error.line for error in errors] == [3, 6]

    def test_only_a_newline_ends_a_line(self) -> None:
        names = {"en": "Moscow\u2028Pyongyang\x85"}
        text = json.dumps({"places": [MAPPING["places"][0] | {"names": names}]}, ensure_ascii=False)
        assert "end with white space" in error_in(text, ".ndjson")


class TestAnyBytes:
    """Any file yields records and errors, and never raises an exception."""

    @given(st.binary(max_size=300), st.sampled_from(list(VALID)))
    def test_bytes(self, data: bytes, suffix: str) -> None:
        check(data, suffix)

    @given(st.text(alphabet="-?:,[]{}#&*!|>'\"%@` \t\nab1.\\ué\ufeff", max_size=60))
    def test_marks_of_yaml(self, text: str) -> None:
        check(text.encode(), ".yaml")

    @pytest.mark.usefixtures("parser")
    def test_marks_of_yaml_with_both_parsers(self) -> None:
        @given(st.text(alphabet="-?:,[]{}#&*!|>'\"%@` \t\nab1.\\ué\ufeff", max_size=60))
        def check_text(text: str) -> None:
            check(f"places: {text}".encode(), ".yaml")

        check_text()

    @given(st.text(alphabet='[]{}:,"\\ud8 NaInf-19e.truls\n', max_size=60))
    def test_marks_of_json(self, text: str) -> None:
        check(text.encode(), ".json")

    @settings(max_examples=scaled(100))
    @given(st.sampled_from(list(VALID)), st.data())
    def test_valid_files_with_a_part_replaced(self, suffix: str, data: st.DataObject) -> None:
        valid = VALID[suffix].encode()
        start = data.draw(st.integers(0, len(valid)))
        end = data.draw(st.integers(start, min(len(valid), start + 40)))
        part = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"\n", b" ", b"[", b'"', b"null"])
        )
        check(valid[:start] + part + valid[end:], suffix)


def check(data: bytes, suffix: str) -> None:
    """Read the data, and assert that every error is printable and has a line of the file."""
    _, errors = read_data(data, "file", suffix)
    for error in errors:
        assert str(error).isprintable()
        assert error.line is not None
        assert 1 <= error.line <= len(data) + 1


class TestLargeLines:
    @pytest.mark.parametrize("suffix", VALID)
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param('{"places": "' + "x" * 5_000_000 + '"}', id="text"),
            pytest.param('{"places": [' + "[0]," * 100_000 + "0]}", id="list"),
            pytest.param("[" * 5_000_000, id="brackets"),
            pytest.param(" " * 5_000_000 + "]", id="spaces"),
            pytest.param('"' * 5_000_000, id="quotes"),
            pytest.param("- " * 2_500_000, id="dashes"),
        ],
    )
    def test_are_refused(self, text: str, suffix: str) -> None:
        assert all(len(str(error)) < 500 for error in errors_in(text, suffix))


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(1 - 10**18, 10**18 - 1)
    | st.text("aé평/~:,]}\n'\" ", max_size=5),
    lambda values: (
        st.lists(values, max_size=3) | st.dictionaries(st.text('a/~," '), values, max_size=3)
    ),
    max_leaves=12,
)


class TestFindLines:
    @given(JSON_VALUES, st.sampled_from([None, 1]))
    def test_json_is_yaml_and_both_find_every_value(
        self, value: object, indent: int | None
    ) -> None:
        text = json.dumps(value, indent=indent)

        assert json_text.parse(text) == yaml_text.parse(text) == value
        assert json_text.find_lines(text) == yaml_text.find_lines(text)
        assert len(json_text.find_lines(text)) == count(value)


def count(value: object) -> int:
    """Count a value and all values in it."""
    if isinstance(value, dict):
        return 1 + sum(map(count, value.values()))
    return 1 + sum(map(count, value)) if isinstance(value, list) else 1

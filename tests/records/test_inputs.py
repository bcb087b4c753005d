"""Files may be compressed or come from standard input, and other documents are told as such."""

import gzip
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from app.records.parsing.files import iter_records, read_files
from app.records.parsing.inputs import StandardInput
from app.records.parsing.positions import LocatedRecord
from tests.support.builders import make_tag, read_data

YAML = "tags:\n- id: summit\n  names: {en: Summit}\n"
TAG = {"id": "summit", "names": {"en": "Summit"}}
JSON = json.dumps({"tags": [TAG]}, indent=1)
LINES = f"{json.dumps({'tags': [TAG]})}\n{json.dumps({'tags': [TAG | {'id': 'talks'}]})}\n"
CSV = "id,name_en\nsummit,Summit\n"
SUMMIT = make_tag(names={"en": "Summit"})


def _problems(data: bytes) -> list[str]:
    return [str(each) for each in iter_records([StandardInput(BytesIO(data))])]


class TestCompressed:
    @pytest.mark.parametrize(
        ("name", "text"),
        [("a.yaml.gz", YAML), ("a.JSON.GZ", JSON), ("tags-2024.csv.gz", CSV)],
        ids=["YAML", "JSON", "CSV"],
    )
    def test_is_read(self, tmp_path: Path, name: str, text: str) -> None:
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))

        records, errors = read_files([tmp_path])

        assert ([each.record for each in records], errors) == ([SUMMIT], [])
        assert records[0].file == str(tmp_path / name)

    @pytest.mark.parametrize(
        ("name", "data", "problem"),
        [
            pytest.param(
                "a.yaml.gz",
                YAML.encode(),
                "this is not compressed with gzip, or is damaged: remove .gz from its name",
                id="not compressed",
            ),
            pytest.param(
                "a.ndjson.gz",
                gzip.compress(LINES.encode())[:-9],
                "the compressed data is cut off or damaged",
                id="cut off",
            ),
            pytest.param(
                "a.yaml",
                gzip.compress(YAML.encode()),
                "this is compressed with gzip: decompress it, or let the name of the file end in .gz",
                id="without its suffix",
            ),
            pytest.param(
                "tags.csv",
                b"PK\x03\x04",
                "this is a workbook or a zip archive: save each sheet as CSV in UTF-8",
                id="a workbook",
            ),
            pytest.param("a.tsv", b"", "tabs are read too: let its name end in .csv", id="tabs"),
            pytest.param("a.xlsx", b"", "save each sheet as CSV in UTF-8", id="a name of Excel"),
        ],
    )
    def test_another_form_is_told(
        self, tmp_path: Path, name: str, data: bytes, problem: str
    ) -> None:
        (tmp_path / name).write_bytes(data)

        errors = [
            each for each in iter_records([tmp_path / name]) if not isinstance(each, LocatedRecord)
        ]

        assert errors[-1].problem.endswith(problem)


class TestStandardInput:
    @pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
    @pytest.mark.parametrize(
        ("text", "ids"),
        [
            (YAML, ["summit"]),
            (f"# a comment, with: signs\n{YAML}", ["summit"]),
            (f"\n# tags, by name; and others\n{YAML}", ["summit"]),
            (f"--- # tags, by name\n{YAML}", ["summit"]),
            (JSON, ["summit"]),
            (f"\ufeff{JSON}", ["summit"]),
            (json.dumps({"tags": [TAG]}), ["summit"]),
            (LINES, ["summit", "talks"]),
        ],
        ids=[
            "YAML",
            "YAML with a comment",
            "YAML with a list in a comment",
            "YAML with its start",
            "JSON",
            "JSON after a mark",
            "one line",
            "NDJSON",
        ],
    )
    def test_the_beginning_tells_the_format(
        self, text: str, ids: list[str], pack: Callable[[bytes], bytes]
    ) -> None:
        given = StandardInput(BytesIO(pack(text.encode())))

        read = [read_files([given]) for _ in range(2)]

        assert [[each.record.id for each in records] for records, _ in read] == [ids, ids]
        assert [errors for _, errors in read] == [[], []]

    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (b"", "standard input:1: the file is empty"),
            (
                CSV.encode(),
                "standard input: CSV needs a file whose name tells the kind of its records: events.csv",
            ),
            (b"tags:\n- id: summit\n", "standard input:2: summit: /tags/0/names: is required"),
            (
                LINES.replace("\n", "").encode(),
                (
                    "standard input:1: several mappings are on one line, and each needs its own: curl -d "
                    "removes line feeds, --data-binary keeps them"
                ),
            ),
            (
                b'{"kind": "place", "id": "here"} {"kind": "place", "id": "there"}',
                (
                    "standard input:1: several mappings are on one line, and each needs its own: curl -d "
                    "removes line feeds, --data-binary keeps them"
                ),
            ),
            (
                JSON.replace("{", "{,", 1).encode("utf-16"),
                "standard input:1: byte 0xFF is not UTF-8: this is UTF-16, save the file as UTF-8",
            ),
            (
                gzip.compress(b"x" * 99)[:20],
                "standard input: the compressed data is cut off or damaged",
            ),
        ],
        ids=[
            "empty",
            "CSV",
            "YAML",
            "NDJSON without line feeds",
            "other NDJSON without line feeds",
            "UTF-16",
            "cut off",
        ],
    )
    def test_errors_name_it(self, data: bytes, problem: str) -> None:
        assert _problems(data) == [problem]


class TestOtherDocuments:
    @pytest.mark.parametrize(
        ("value", "problem"),
        [
            pytest.param(
                {
                    "type": "/problems/not-found",
                    "title": "Not found",
                    "status": 404,
                    "detail": "no x",
                },
                "this is an error that a server answered, and no records (404 Not found: no x)",
                id="an error",
            ),
            pytest.param(
                {"items": [], "page": {}},
                "this is a page of a list, and no records: write its items below the name of their "
                "collection",
                id="a page",
            ),
            pytest.param(
                TAG,
                'a record belongs into the list of its collection, such as {"events": [{"id": …}]}',
                id="a record alone",
            ),
            pytest.param(
                {"articles": {"a": "b"}},
                "only an import over HTTP takes texts; give their folder with --articles",
                id="texts of articles",
            ),
        ],
    )
    @pytest.mark.parametrize("suffix", [".json", ".ndjson", ".yaml"])
    def test_are_told(self, value: object, problem: str, suffix: str) -> None:
        _, (error,) = read_data(json.dumps(value).encode(), "file", suffix)

        assert error.problem.startswith(problem)

    @pytest.mark.parametrize(
        ("text", "suffix", "problem"),
        [
            (
                LINES,
                ".json",
                "several mappings in one document: this is NDJSON (.ndjson, application/",
            ),
            (
                YAML.replace("\n", ""),
                ".yaml",
                "the line feeds are missing: curl -d removes them, --data",
            ),
        ],
        ids=["NDJSON", "YAML without line feeds"],
    )
    def test_another_format_is_told(self, text: str, suffix: str, problem: str) -> None:
        _, (error,) = read_data(text.encode(), "body", suffix)

        assert error.problem.startswith(problem)

"""`timeline verify-bundle`: a true proof holds on any copy of the log, and an altered one does not."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.domain.digest_chain import Link, chain_digest
from app.proving.bundle_file import UnreadableError, read_bundle
from app.proving.checking import check_proof
from app.proving.log_copy import read_lines
from app.reading.parameters.canonical import FiltersError, event_filters
from app.tables.database import Database
from tests.support.builders import make_cast, make_event, make_participant, make_place, store
from tests.support.chance import scaled
from tests.support.commands import run

VERSION = "0.2.0.dev0"
QUERY = "/v1/proof?participant=choe-son-hui&date=2024"


def _url(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


@pytest.fixture
def bundle(client: TestClient, database: Database, tmp_path: Path) -> Path:
    """The file of a proof of one event, after which another write changed the data."""
    store(
        database,
        *make_cast(),
        make_place(),
        make_event(place="moscow"),
        make_event("2023-05-01-visit"),
    )
    path = tmp_path / "proof.json"
    path.write_bytes(client.get(QUERY).content)
    store(database, make_participant(names={"en": "S. Lavrov"}), make_event("2024-12-01-more"))
    return path


@pytest.fixture
def log(client: TestClient, bundle: Path) -> Path:
    """The file of the log, with the later write."""
    path = bundle.with_name("log.ndjson")
    path.write_bytes(client.get("/v1/changes.ndjson").content)
    return path


class TestTrueProof:
    def test_holds_on_the_database(self, database: Database, bundle: Path) -> None:
        result = run("verify-bundle", str(bundle), database_url=_url(database))

        assert result.exit_code == 0, result.output
        assert result.stdout.startswith("proved: after change 6 of ")
        assert "held 1 event for date=2024, participant=choe-son-hui" in result.stdout
        assert result.stderr == ""

    @pytest.mark.parametrize(
        "url", ["https://example..org", "https://xn--a", "http://localhost:abc", "https:///x"]
    )
    def test_refuses_an_address_that_no_server_has(self, bundle: Path, url: str) -> None:
        result = run("verify-bundle", str(bundle), "--mirror", url)

        assert result.exit_code == 2
        assert result.stderr.endswith(f": {url} is not the address of a server\n")

    def test_needs_a_database_that_exists(self, bundle: Path) -> None:
        absent = bundle.with_name("none.sqlite")

        result = run("verify-bundle", str(bundle), "--database", f"sqlite:///{absent}")

        assert result.exit_code == 2
        assert f"cannot be checked: there is no database {absent}: " in result.stderr
        assert not absent.exists()

    def test_holds_on_a_mirror(self, bundle: Path, log: Path) -> None:
        packed = log.with_name("log.ndjson.gz")
        packed.write_bytes(gzip.compress(log.read_bytes()))
        compressed = bundle.with_name("proof.json.gz")
        compressed.write_bytes(gzip.compress(bundle.read_bytes()))

        for file, mirror in ((bundle, log), (compressed, packed)):
            result = run("verify-bundle", str(file), "--mirror", str(mirror))
            assert (result.exit_code, result.stderr) == (0, "")

    def test_holds_after_a_program_formatted_it(self, bundle: Path, log: Path) -> None:
        bundle.write_text(json.dumps(json.loads(bundle.read_text()), indent=2, sort_keys=True))

        assert run("verify-bundle", str(bundle), "--mirror", str(log)).exit_code == 0

    def test_an_absence_holds(self, client: TestClient, bundle: Path, log: Path) -> None:
        bundle.write_bytes(client.get("/v1/proof?date=1999&as_of=6").content)

        result = run("verify-bundle", str(bundle), "--mirror", str(log))

        assert "held no event for date=1999" in result.stdout

    def test_a_copy_that_ends_with_the_state_cannot_show_the_end_of_a_write(
        self, bundle: Path, log: Path
    ) -> None:
        log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:6]))

        result = run("verify-bundle", str(bundle), "--mirror", str(log))

        assert result.exit_code == 0
        assert "this copy of the log ends with change 6" in result.stderr


def _edited(path: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    value = json.loads(path.read_text())
    edit(value)
    path.write_text(json.dumps(value))


def _forge(log: Path, values: dict[str, Any] | str) -> None:
    """Change the first document, or replace it, and give all changes the right digests."""
    before, digest, lines = log.read_bytes().splitlines(), "", list[str]()
    for number, (line, change) in enumerate(zip(before, read_lines(before), strict=True)):
        text = change["document"]
        if number == 0:
            text = values if isinstance(values, str) else json.dumps(json.loads(text) | values)
        digest = chain_digest(
            digest, Link(*({**change, "document": text}[n] for n in Link._fields))
        )
        entry = json.loads(line.partition(b',"document":')[0] + b"}") | {"digest": digest}
        lines.append(f'{json.dumps(entry)[:-1]},"document":{text}}}')
    log.write_text("\n".join(lines), encoding="utf-8")


class TestFalseProof:
    @pytest.mark.parametrize(
        ("edit", "told"),
        [
            pytest.param(
                lambda b: b["documents"][0]["title"].update(en="Quarrel"),
                'documents/2024-11-01-talks/title/en: the proof has "Quarrel", the log "Talks"',
                id="a field",
            ),
            pytest.param(
                lambda b: b["documents"].clear(),
                "documents/2024-11-01-talks: the proof lacks this event",
                id="one missing",
            ),
            pytest.param(
                lambda b: b["documents"].append({**b["documents"][0], "id": "2024-01-01-none"}),
                "documents/2024-01-01-none: the log has no such event in this answer",
                id="one too many",
            ),
            pytest.param(
                lambda b: b["documents"].append(b["documents"][0]),
                "documents/2024-11-01-talks: the proof has it 2 times",
                id="one twice",
            ),
            pytest.param(
                lambda b: b["state"].update(digest="0" * 64),
                "state/digest: the proof has",
                id="state",
            ),
            pytest.param(
                lambda b: b["dataset"].update(first_digest="0" * 64),
                "dataset/first_digest: the proof has",
                id="another dataset",
            ),
            pytest.param(
                lambda b: b["parameters"].update(date=["2023"]),
                "url: the address asks for something else than the parameters",
                id="another query",
            ),
            pytest.param(
                lambda b: b["parameters"].update(within=["true"]),
                "parameters: the proof has",
                id="no normal form",
            ),
            pytest.param(
                lambda b: b.update(count=0), "count: the proof has 0, the log 1", id="count"
            ),
        ],
    )
    def test_each_difference_is_told(
        self, bundle: Path, log: Path, edit: Callable[[dict[str, Any]], object], told: str
    ) -> None:
        _edited(bundle, edit)

        result = run("verify-bundle", str(bundle), "--mirror", str(log))

        assert result.exit_code == 1
        assert told in result.stderr
        assert result.stderr.rstrip().endswith("the proof does not hold")

    def test_a_state_within_a_write_proves_nothing(
        self, client: TestClient, bundle: Path, log: Path
    ) -> None:
        """Everything else is right: the digest, and that no event existed then."""
        changes = client.get("/v1/changes").json()["items"]
        state = {key: changes[4][key] for key in ("seq", "at", "digest")}
        url = "http://testserver/v1/events?as_of=5"
        _edited(
            bundle, lambda b: b.update(state=state, parameters={}, documents=[], count=0, url=url)
        )

        result = run("verify-bundle", str(bundle), "--mirror", str(log))

        assert result.exit_code == 1
        assert "one write made the changes 1 to 6" in result.stderr

    def test_another_version_is_a_remark(self, bundle: Path, log: Path) -> None:
        _edited(bundle, lambda b: b.update(version="9.9"))

        result = run("verify-bundle", str(bundle), "--mirror", str(log))

        assert result.exit_code == 0
        assert 'note: the proof was made by version "9.9"' in result.stderr


def _essence(value: Any) -> Any:
    """Return the claims of a proof: without its version, its advice, and the host of its address."""
    url = urlsplit(value["url"])
    advice = ("version", "how_to_check", "url", "unknown")
    return {key: value[key] for key in value if key not in advice}, url.path[-10:], url.query


@pytest.mark.thorough
@pytest.mark.sqlite
@settings(
    max_examples=scaled(80),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_each_changed_byte_is_found_or_harmless(
    bundle: Path, log: Path, data: st.DataObject
) -> None:
    content, lines = bundle.read_bytes(), log.read_bytes().splitlines(keepends=True)
    place = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(32, 126))
    altered = content[:place] + bytes([byte]) + content[place + 1 :]

    try:
        verdict = check_proof(read_bundle(altered), read_lines(lines), VERSION)
    except (UnreadableError, FiltersError):
        return

    if not verdict.differences:
        assert _essence(json.loads(altered)) == _essence(json.loads(content))


@pytest.mark.sqlite
class TestUnreadable:
    """One line, exit code 2, and never a traceback."""

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            pytest.param(b"", "the file is empty", id="empty"),
            pytest.param(b"\xff\xfe{}", "byte 1 is not UTF-8", id="not UTF-8"),
            pytest.param(b"<html>", "line 1: not valid JSON", id="HTML"),
            pytest.param(b"[]", "the file holds no JSON object", id="a list"),
            pytest.param(b'{"items": []}', "the file has no format", id="other JSON"),
            pytest.param(
                b'{"format": "timeline-proof/9"}', 'the format "timeline-proof/9"', id="later"
            ),
            pytest.param(b'{"format": "timeline-proof/1"}', "version: is required", id="no fields"),
            pytest.param(b'{"a": 1, "a": 2}', "this key appears twice", id="a repeated key"),
            pytest.param(b"[" * 100_000, "more than 50 levels deep", id="deep"),
            pytest.param(
                gzip.compress(b"{}" * 99)[:-9], "the gzip file is cut off", id="half a gzip"
            ),
            pytest.param(b"\x1f\x8b\x08nonsense", "the gzip file is", id="no gzip"),
            pytest.param(
                b'{"type": "/problems/x", "title": "Not found", "status": 404, "detail": "no\\n"}',
                'an error of a server, and no proof: "Not found": "no\\n"',
                id="a problem",
            ),
        ],
    )
    def test_bundle(self, tmp_path: Path, content: bytes, told: str) -> None:
        path = tmp_path / "proof.json"
        path.write_bytes(content)

        result = run("verify-bundle", str(path))

        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert told in result.stderr

    def test_missing_file(self) -> None:
        result = run("verify-bundle", "missing.json")

        assert (result.exit_code, result.stderr) == (2, "missing.json: No such file or directory\n")

    @pytest.mark.parametrize(
        ("alter", "told"),
        [
            pytest.param(lambda b: b"", "the copy of the log is empty", id="empty"),
            pytest.param(lambda b: b'{"items": []}', "line 1 of the log is no change", id="a page"),
            pytest.param(lambda b: b"\xff" + b, "line 1 of the log is no change", id="not UTF-8"),
            pytest.param(
                lambda b: b.replace(b"Talks", b"Tolks", 1),
                "of the copy of the log does not have its digest",
                id="altered",
            ),
            pytest.param(
                lambda b: b.partition(b"\n")[2], "has change 2 after 0", id="no beginning"
            ),
            pytest.param(
                lambda b: b"\n".join(b.split(b"\n")[:3]),
                "ends with change 3, before 6",
                id="too short",
            ),
            pytest.param(lambda b: gzip.compress(b)[:300], "damaged or cut off", id="half a gzip"),
            pytest.param(lambda b: b"SQLite format 3\0", "use --database sqlite:///", id="SQLite"),
        ],
    )
    def test_mirror(
        self, bundle: Path, log: Path, alter: Callable[[bytes], bytes], told: str
    ) -> None:
        log.write_bytes(alter(log.read_bytes()))

        result = run("verify-bundle", str(bundle), "--mirror", str(log))

        assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.output
        assert told in result.stderr

    @pytest.mark.parametrize(
        "document",
        [
            pytest.param("[]", id="no object"),
            pytest.param("[" * 100_000 + "]" * 100_000, id="too deep"),
            pytest.param({"revision": 10**30}, id="a huge number"),
        ],
    )
    def test_documents_that_no_program_of_ours_writes(
        self, bundle: Path, log: Path, document: dict[str, Any] | str
    ) -> None:
        _forge(log, document)

        result = run("verify-bundle", str(bundle), "--mirror", str(log))

        assert result.exit_code == 2
        assert "the changes of this log make no data that this program can read" in result.stderr

    def test_unknown_parameters(self, bundle: Path, log: Path) -> None:
        _edited(bundle, lambda b: b.update(parameters={"colour": ["red"]}))

        result = run("verify-bundle", str(bundle), "--mirror", str(log))

        assert (result.exit_code, result.stderr) == (
            2,
            f"{bundle}: parameters: 'colour' is no filter of events\n",
        )

    @pytest.mark.parametrize(
        "address", ["http://127.0.0.1:9", "http://[", "missing.ndjson", "https://x y"]
    )
    def test_mirror_that_does_not_answer(self, bundle: Path, address: str) -> None:
        result = run("verify-bundle", str(bundle), "--mirror", address)

        assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.output


def test_a_filter_with_a_wrong_date_is_explained_in_our_words() -> None:
    with pytest.raises(FiltersError) as refused:
        event_filters({"date": ["2024-13"]})

    assert str(refused.value) == "'date': month 13 is not in 01–12 (in '2024-13')"

import json

from app.formats.events.ndjson import write_json_lines
from tests.support.builders import NASTY, make_event_document


def test_each_line_is_a_document_as_it_is_stored() -> None:
    texts = [
        make_event_document(title={"en": NASTY}).to_json(),
        make_event_document("2024-11-02-talks").to_json(),
    ]

    written = b"".join(write_json_lines(texts)).decode()

    assert written.endswith("\n")
    assert written[:-1].split("\n") == texts
    assert json.loads(written.split("\n")[0])["title"]["en"] == NASTY


def test_no_event_is_nothing() -> None:
    assert list(write_json_lines([])) == []

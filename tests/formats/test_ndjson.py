import json

from app.formats.events.ndjson import write_json_lines
from tests.support.builders import NASTY, make_event_document


def test_each_line_is_a_stored_document() -> None:
    texts = [
        make_event_document(title={"en": NASTY}).model_dump_json(),
        make_event_document("2024-11-02-talks").model_dump_json(),
    ]

    written = b"".join(write_json_lines(text.encode() for text in texts)).decode()

    assert written.endswith("\n")
    assert written[:-1].split("\n") == texts
    assert json.loads(written.split("\n")[0])["title"]["en"] == NASTY


def test_without_events_the_file_is_empty() -> None:
    assert list(write_json_lines([])) == []

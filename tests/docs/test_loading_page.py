"""The examples in docs/loading.md are valid files, and the reader reports the errors it shows."""

import re

from app.settings import PROJECT_ROOT
from tests.support.builders import read_data

PAGE = (PROJECT_ROOT / "docs/loading.md").read_text()
RECORDS = """\
participants:
- id: lavrov
  kind: person
  country: RU
  names: {en: Sergey Lavrov}
- id: choe-son-hui
  kind: persn
"""
EVENTS = (
    "id,type,subtype,status,confidence,date,title_en,summary_en,participant_ids,"
    "participant_roles,participant_sides,source_ids\n"
    "2024-11-01-talks,meeting,working,occurred,high,2024-11-01,T,S,a;b,host;gest,RU;KP,tass-1\n"
)


def _example(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_examples_are_valid_files() -> None:
    read = [read_data(text.encode(), "example.yaml", ".yaml") for text in _example("yaml")]

    assert [(len(located), errors) for located, errors in read] == [(2, []), (1, [])]


def test_the_reader_reports_the_shown_errors() -> None:
    _, errors = read_data(RECORDS.encode(), "records.yaml", ".yaml")
    _, in_csv = read_data(EVENTS.encode(), "events.csv", ".csv")
    shown = "".join(_example("text")).splitlines()

    reported = [str(error) for error in (*errors, *in_csv)]

    missing = [
        line for line in shown if not any(each.startswith(line.rstrip("…, ")) for each in reported)
    ]
    assert missing == []

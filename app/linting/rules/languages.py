"""Rules about the languages of texts."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.languages import Language
from app.domain.names.scripts import SCRIPTS, script_of
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule
from app.records.models import Record

# Fields that hold one text in each language.
_TEXTS: Final = ("names", "title", "summary", "definition", "feminine")


def _title_without_language(index: RecordIndex) -> Iterator[Breach]:
    for event in index.judged(index.events.values()):
        if missing := [each for each in Language if each not in event.title.model_dump()]:
            text = f"the title has no form in {', '.join(missing)}: add one"
            yield Breach(event, "/title", text)


def _in_another_script(index: RecordIndex) -> Iterator[Breach]:
    for record in index.judged((*index.events.values(), *index.named())):
        for field in _TEXTS:
            for language, script in SCRIPTS.items():
                text = _texts(record, field).get(language, "")
                if any(map(str.isalpha, text)) and all(script_of(c) is not script for c in text):
                    wrong = (
                        f"{text!r} is its {field}/{language}, without {script.capitalize()} letters"
                    )
                    yield Breach(record, f"/{field}/{language}", wrong)


def _texts(record: Record, field: str) -> Mapping[str, str]:
    texts = getattr(record, field, None)
    return texts.model_dump() if texts else {}


RULES: Final = (
    Rule(
        "title-languages",
        "The title of an event is in English, French, Russian and Korean.",
        "A calendar or a feed in a language would show that event in English.",
        _title_without_language,
    ),
    Rule(
        "script-of-language",
        "A text in Russian has Cyrillic letters, one in Korean Hangul, and one in English or French Latin "
        "letters.",
        "A text under the wrong language is shown to readers who cannot read it.",
        _in_another_script,
    ),
)

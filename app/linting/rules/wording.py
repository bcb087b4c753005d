"""Rules about the words of titles and summaries."""

import re
from collections.abc import Iterator
from typing import Final

from app.domain.vocabulary import EventStatus, EventType
from app.linting.french import find_past
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule

# Not `will` as a noun, nor `would`, which reports a speech.
_PLANNED: Final = re.compile(
    r"\b(?<!aim )(?:(?:was|were) (?:due |expected |planned |scheduled )?to|will(?! to\b)) [a-z]+"
)


def _planned(index: RecordIndex) -> Iterator[Breach]:
    for event in index.judged(index.events.values()):
        # A statement may announce a plan.
        if event.status is not EventStatus.OCCURRED or event.type is EventType.STATEMENT:
            continue
        if match := _PLANNED.search(event.summary.en):
            text = f"it occurred, but the summary tells of a plan: {match[0]!r}"
            yield Breach(event, "/summary/en", text)


def _past(index: RecordIndex) -> Iterator[Breach]:
    for event in index.judged(index.events.values()):
        for field, texts in (("title", event.title), ("summary", event.summary)):
            past = find_past(str(texts.fr)) if texts.fr else None
            if past:
                text = f"the French {field} is in the past: {past!r}; write the present"
                yield Breach(event, f"/{field}/fr", text)


RULES: Final = (
    Rule(
        "plan-as-fact",
        "The summary of an event that occurred tells what happened, and no plan: no `was to`, no `will`. "
        "A statement may announce a plan.",
        "Readers cannot tell whether the planned act took place. It is an event with the status "
        "`announced`.",
        _planned,
    ),
    Rule(
        "french-present",
        "French titles and summaries are in the present; a subordinate clause or the pluperfect may look "
        "back.",
        "Chronicles in French use the present, and a mixture of tenses reads as a mixture of times.",
        _past,
    ),
)

"""Rules about treaties and their stages."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from app.domain.vocabulary import EventSubtype
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule

# The words of an English text that tell of a stage, other than as a plan.
_STAGES: Final = {
    EventSubtype.INITIALLED: r"(?<!to be )initialled",
    EventSubtype.SIGNED: r"was signed|were signed|they signed",
    EventSubtype.RATIFIED: r"(?<!to be )ratified",
    EventSubtype.INSTRUMENTS_EXCHANGED: r"exchanged (?:the )?instruments",
    EventSubtype.IN_FORCE: r"(?:entered|came) into force|in force (?:since|from)",
    EventSubtype.AMENDED: r"amended|prolonged|extended",
    EventSubtype.TERMINATED: r"terminated|denounced|expired|lapsed",
}


def _untold_stages(index: RecordIndex) -> Iterator[Breach]:
    stages: dict[str, set[EventSubtype]] = defaultdict(set)
    for event in index.events.values():
        stages[event.treaty or ""].add(event.subtype)
    for event in index.events.values():
        if event.treaty is None:
            continue
        for subtype, words in _STAGES.items():
            match = re.search(rf"\b(?:{words})\b", event.summary.en)
            if match and subtype not in stages[event.treaty]:
                text = f"it tells of the stage '{subtype}' ({match[0]!r}), which is no event"
                yield Breach(event, "/summary/en", text)


RULES: Final = (
    Rule(
        "untold-stage",
        "If the summary of a treaty's stage tells of another stage, that is an event too.",
        "The days on which a treaty was in force follow from its stages.",
        _untold_stages,
    ),
)

"""Rules about the sides for which participants act."""

from collections.abc import Iterator
from typing import Final

from app.domain.dates import parse_edtf
from app.domain.labels.countries import are_one_state
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule

# Day on which the USSR ceased to exist.
_END_OF_USSR: Final = parse_edtf("1991-12-26").start_earliest


def _other_side(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in index.participations():
        who = index.participants.get(part.id)
        if who is None or are_one_state(who.country, part.side):
            continue
        text = f"{part.id!r} is of {who.country}, and acts for {part.side}"
        yield Breach(event, f"/participants/{number}/side", text)


def _wrong_era(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in index.participations():
        during = parse_edtf(event.date)
        late = part.side == "SU" and during.start_earliest > _END_OF_USSR
        early = part.side == "RU" and during.end_latest < _END_OF_USSR
        if late or early:
            text = f"{part.id!r} acts for {part.side} on {event.date}; the USSR ended on 1991-12-26"
            yield Breach(event, f"/participants/{number}/side", text)


RULES: Final = (
    Rule(
        "side-of-country",
        "A participant acts for the side of its own country; Russia succeeds the USSR.",
        "Counts by side are wrong if a person of one side acts for the other.",
        _other_side,
    ),
    Rule(
        "side-of-its-time",
        "The side is SU up to 26 December 1991, and RU from then on.",
        "Questions about the USSR and about Russia are told apart by the side.",
        _wrong_era,
    ),
)

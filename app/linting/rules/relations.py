"""The rule on the dates of related events."""

from collections.abc import Callable, Iterator
from typing import Final

from app.domain.dates import Bounds, parse_edtf
from app.domain.vocabulary import RelationType
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule


def _may_be_part(part: Bounds, whole: Bounds) -> bool:
    return part.start_latest >= whole.start_earliest and part.end_earliest <= whole.end_latest


def _may_be_later(later: Bounds, earlier: Bounds) -> bool:
    return later.end_latest >= earlier.start_earliest


def _may_be_earlier(earlier: Bounds, later: Bounds) -> bool:
    return earlier.start_earliest <= later.end_latest


# How the dates of an event may lie to the dates of the event that it names, and the words for the opposite.
_ORDERS: Final[dict[RelationType, tuple[Callable[[Bounds, Bounds], bool], str]]] = {
    RelationType.PART_OF: (_may_be_part, "outside"),
    RelationType.FOLLOWS: (_may_be_later, "before"),
    RelationType.REPLIES_TO: (_may_be_later, "before"),
    RelationType.IMPLEMENTS: (_may_be_later, "before"),
    RelationType.COMMEMORATES: (_may_be_later, "before"),
    RelationType.SUPERSEDES: (_may_be_later, "before"),
    RelationType.ANNOUNCES: (_may_be_earlier, "after"),
}


def _out_of_order(index: RecordIndex) -> Iterator[Breach]:
    for event in index.events.values():
        for number, relation in enumerate(event.relations):
            other = index.events.get(relation.event)
            if other is None:
                continue
            may_be, opposite = _ORDERS[relation.type]
            if not may_be(parse_edtf(event.date), parse_edtf(other.date)):
                text = f"{relation.type} {other.id!r}: its date {event.date} is {opposite} {other.date}"
                yield Breach(event, f"/relations/{number}", text)


RULES: Final = (
    Rule(
        "relation-order",
        "A part lies within the dates of the whole. An event is not earlier than an event that it "
        "follows, answers, implements, commemorates or supersedes, and not later than one that it "
        "announces.",
        "Either the relation or one of the dates is wrong.",
        _out_of_order,
    ),
)

"""The rule about circles: no record belongs to itself, at any distance."""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Final, NamedTuple

from app.domain.vocabulary import RelationType
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule
from app.records.models import Record


class _Links(NamedTuple):
    """The links of one kind: the ids to which each record leads, and the field that holds them."""

    records: Mapping[str, Record]
    field: str
    word: str
    targets: Mapping[str, Sequence[str]]


def _circles(index: RecordIndex) -> Iterator[Breach]:
    for links in _links(index):
        if not any(links.targets.get(each.id) for each in index.judged(links.records.values())):
            continue
        for circle in _find_circles(links.targets):
            path = f" {links.word} ".join(map(repr, circle))
            yield Breach(links.records[circle[0]], f"/{links.field}", f"a circle: {path}")


def _links(index: RecordIndex) -> Iterator[_Links]:
    broader = {id_: [each.broader] for id_, each in index.tags.items() if each.broader}
    yield _Links(index.tags, "broader", "broader", broader)
    houses = {id_: [each.house] for id_, each in index.publishers.items() if each.house}
    yield _Links(index.publishers, "house", "house", houses)
    wholes = {id_: [each.part_of] for id_, each in index.places.items() if each.part_of}
    yield _Links(index.places, "part_of", "part_of", wholes)
    for type_ in RelationType:
        related = {
            id_: [each.event for each in event.relations if each.type is type_]
            for id_, event in index.events.items()
        }
        yield _Links(index.events, "relations", type_, related)


def _find_circles(targets: Mapping[str, Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield circles as ids that begin and end with the first in order, until none is left."""
    left = {**targets}
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            # The sorter names each id before the one that leads to it.
            circle = error.args[1][:0:-1]
            first = circle.index(min(circle))
            yield [*circle[first:], *circle[:first], circle[first]]
            del left[circle[first]]
        else:
            return


RULES: Final = (
    Rule(
        "circle",
        "No tag, place or publisher is broader than itself, part of itself or its own house, through "
        "others either; nor does an event lead back to itself by relations of one type.",
        "`timeline load` refuses a circle, because its members have no outermost one.",
        _circles,
    ),
)

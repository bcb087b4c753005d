"""The network: the participants, and the pairs that took part in the same events."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, groupby

from sqlalchemy import Connection, FromClause, func, select

from app.documents.counting import Network, NetworkEdge, NetworkNode
from app.documents.entities.earlier import read_participant
from app.documents.entities.participant import ParticipantDocument
from app.reading.filters.events import event_conditions
from app.reading.filters.shared import Condition
from app.reading.names.unknown import find_unknown
from app.reading.parameters.events import EventFilters, NetworkRequest
from app.tables import core as t
from app.tables.utf8 import utf8

MAX_EDGES = 5000

# Two keys of participants, the lower first.
_Pair = tuple[int, int]


class TooManyEdgesError(Exception):
    """The network has more edges than one answer may contain."""

    def __init__(self, edges: int) -> None:
        super().__init__(f"{edges} edges; an answer contains at most {MAX_EDGES}")
        self.edges = edges


@dataclass
class _SharedEvents:
    """The number of events of each participant, and the events that each pair shares."""

    events_of: Counter[int] = field(default_factory=Counter)
    events: dict[_Pair, list[str]] = field(default_factory=lambda: defaultdict(list))


def find_network(connection: Connection, filters: EventFilters, request: NetworkRequest) -> Network:
    """Return the pairs that share enough of the events, with their participants: three statements.

    Without a pair, further ones name the unknown ids.

    Raises TooManyEdgesError.
    """
    pairs = _find_pairs(connection, filters, request)
    shared = _share(_participations(connection, filters, request), pairs)
    documents = _documents(connection, {key for pair in pairs for key in pair})
    return Network(
        nodes=_nodes(documents, shared.events_of),
        edges=_edges(documents, shared.events),
        unknown=[] if pairs else find_unknown(connection, filters),
    )


def _find_pairs(
    connection: Connection, filters: EventFilters, request: NetworkRequest
) -> set[_Pair]:
    """Return the pairs. The database counts them, so that a network too large is never fetched."""
    one, other = t.participation.alias("one"), t.participation.alias("other")
    same_event = (one.c.event_id == other.c.event_id) & (
        one.c.participant_id < other.c.participant_id
    )
    statement = (
        select(one.c.participant_id, other.c.participant_id, func.count().over())
        .join_from(one, other, same_event)
        .where(*_selected(one, filters, request), *_of_kind(other, request))
        .group_by(one.c.participant_id, other.c.participant_id)
        # A participant in two roles took part once.
        .having(func.count(one.c.event_id.distinct()) >= request.min_weight)
        .limit(MAX_EDGES + 1)
    )
    rows = connection.execute(statement).all()
    if len(rows) > MAX_EDGES:
        raise TooManyEdgesError(rows[0][2])
    return {(source, target) for source, target, _ in rows}


def _selected(part: FromClause, filters: EventFilters, request: NetworkRequest) -> list[Condition]:
    conditions = event_conditions(filters)
    events = select(t.event.c.id).where(*conditions)
    return [
        *([part.c.event_id.in_(events)] if conditions else []),
        *_of_kind(part, request),
    ]


def _of_kind(part: FromClause, request: NetworkRequest) -> list[Condition]:
    keys = select(t.participant.c.id).where(t.participant.c.kind.in_(request.kind))
    return [part.c.participant_id.in_(keys)] if request.kind else []


def _participations(
    connection: Connection, filters: EventFilters, request: NetworkRequest
) -> Iterator[tuple[str, set[int]]]:
    """Yield each of the events with the keys of its participants."""
    part, event = t.participation, t.event.c
    rows = connection.execute(
        select(event.slug, part.c.participant_id)
        .join_from(part, t.event, event.id == part.c.event_id)
        .where(*_selected(part, filters, request))
        .order_by(part.c.event_id)
    )
    for slug, parts in groupby(rows, key=lambda row: row[0]):
        yield slug, {key for _, key in parts}


def _share(events: Iterable[tuple[str, set[int]]], pairs: set[_Pair]) -> _SharedEvents:
    shared = _SharedEvents()
    for slug, keys in events:
        shared.events_of.update(keys)
        for pair in combinations(sorted(keys), 2):
            if pair in pairs:
                shared.events[pair].append(slug)
    return shared


def _documents(connection: Connection, keys: Iterable[int]) -> dict[int, ParticipantDocument]:
    participant = t.participant.c
    rows = connection.execute(
        select(participant.id, utf8(participant.document)).where(participant.id.in_(keys))
    )
    return {key: read_participant(document) for key, document in rows}


def _nodes(documents: dict[int, ParticipantDocument], events: Counter[int]) -> list[NetworkNode]:
    nodes = [
        NetworkNode(
            id=document.id,
            kind=document.kind,
            country=document.country,
            name=document.names,
            events=events[key],
        )
        for key, document in documents.items()
    ]
    return sorted(nodes, key=lambda node: (-node.events, node.id))


def _edges(
    documents: dict[int, ParticipantDocument], events: dict[_Pair, list[str]]
) -> list[NetworkEdge]:
    edges = []
    for pair, slugs in events.items():
        source, target = sorted(documents[key].id for key in pair)
        edges.append(
            NetworkEdge(source=source, target=target, weight=len(slugs), events=sorted(slugs))
        )
    return sorted(edges, key=lambda edge: (-edge.weight, edge.source, edge.target))

"""Read JSON-LD with rdflib as triples, which do not depend on the keys of the JSON."""

import warnings

from rdflib import Graph
from rdflib.term import Node


def graph_of(text: str) -> Graph:
    """Return the triples; without a network, fetching an external context would fail."""
    with warnings.catch_warnings():
        # Its JSON-LD reader still uses a class that rdflib has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=text, format="json-ld")


def values(graph: Graph, subject: Node, *properties: Node) -> set[Node]:
    """Return the nodes that a path of these properties reaches from the subject."""
    nodes = {subject}
    for each in properties:
        nodes = {found for node in nodes for found in graph.objects(node, each)}
    return nodes

"""JSON-LD as rdflib reads it: what it says, whatever its keys are."""

import warnings

from rdflib import Graph
from rdflib.term import Node


def graph_of(text: str) -> Graph:
    """The triples; there is no network in tests, so a context that had to be fetched would fail."""
    with warnings.catch_warnings():
        # Its reader of JSON-LD still uses a class of its own that it has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=text, format="json-ld")


def values(graph: Graph, subject: Node, *properties: Node) -> set[Node]:
    """What is reached from the subject by these properties, one after the other."""
    nodes = {subject}
    for each in properties:
        nodes = {found for node in nodes for found in graph.objects(node, each)}
    return nodes

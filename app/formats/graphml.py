"""The network as GraphML, which Gephi, Cytoscape and igraph open."""

from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as ET

from app.documents.counting import Network, NetworkEdge, NetworkNode
from app.formats.xml_text import xml_bytes

GRAPHML_MEDIA_TYPE = "application/graphml+xml"

_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_ROOT: Final = {
    "xmlns": _NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_NAMESPACE} {_NAMESPACE}/1.0/graphml.xsd",
}
_TYPES: Final = {int: "long", str: "string"}

_Data = Mapping[str, str | int]


class _Keys:
    """The declarations of the attributes, numbered in the order in which they are first used."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str, str], str] = {}

    def add_data(self, element: ET.Element, data: _Data) -> None:
        """Give a node or an edge its attributes, and each new attribute a key."""
        for name, value in data.items():
            key = (element.tag, name, _TYPES[type(value)])
            id = self._ids.setdefault(key, f"d{len(self._ids)}")
            ET.SubElement(element, "data", {"key": id}).text = str(value)

    def elements(self) -> list[ET.Element]:
        """Return the declarations, the newest key first, as networkx writes them."""
        return [
            ET.Element(
                "key", {"id": id, "for": element, "attr.name": name, "attr.type": value_type}
            )
            for (element, name, value_type), id in reversed(self._ids.items())
        ]


def write_graphml(network: Network) -> bytes:
    """Return an undirected graph in UTF-8; the ids of an edge's events are one text, joined by spaces."""
    root, graph, keys = ET.Element("graphml", _ROOT), ET.Element("graph"), _Keys()
    graph.set("edgedefault", "undirected")
    for node in network.nodes:
        keys.add_data(ET.SubElement(graph, "node", {"id": node.id}), _node_data(node))
    for source, target, edge in _edges_by_node(network):
        data: _Data = {"weight": edge.weight, "events": " ".join(edge.events)}
        keys.add_data(ET.SubElement(graph, "edge", {"source": source, "target": target}), data)
    root.extend([*keys.elements(), graph])
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml_bytes(text.decode() + "\n")


def _node_data(node: NetworkNode) -> _Data:
    """Return a node's attributes; GraphML has no language maps, so `name` is English, `name_ru` Russian."""
    names: dict[str, str] = node.name.model_dump()
    return {
        **{"name" if code == "en" else f"name_{code}": text for code, text in names.items()},
        "kind": node.kind.value,
        "country": node.country,
        "events": node.events,
    }


def _edges_by_node(network: Network) -> list[tuple[str, str, NetworkEdge]]:
    """Return the edges with their ends, both in the order of the nodes."""
    # networkx, which wrote this answer before, takes edges in this order; the bytes stay the same.
    position = {node.id: number for number, node in enumerate(network.nodes)}
    edges = []
    for edge in network.edges:
        source, target = sorted((edge.source, edge.target), key=position.__getitem__)
        edges.append((source, target, edge))
    return sorted(edges, key=lambda each: position[each[0]])

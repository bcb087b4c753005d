"""The network as GraphML, which Gephi, Cytoscape and igraph open."""

from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as ET

from app.documents.counting import Network, NetworkNode
from app.formats.xml_text import xml_bytes

GRAPHML_MEDIA_TYPE = "application/graphml+xml"

_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_ROOT: Final = {
    "xmlns": _NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_NAMESPACE} {_NAMESPACE}/1.0/graphml.xsd",
}
# The attributes by the ids of their keys. An id is a word, unique in the file, that no program takes
# for its own: Gephi up to 0.9.2 reads `d7` as yEd's label, and Cytoscape.js shows the id, not the name.
_NODE: Final = {
    **{
        f"node_{name}": (name, "string")
        for name in ("label", "name", "name_fr", "name_ru", "name_ko")
    },
    "node_kind": ("kind", "string"),
    "node_country": ("country", "string"),
    "node_events": ("events", "int"),
}
# NetworKit reads a weight only if it is a double, and counts every edge as 1 otherwise.
_EDGE: Final = {"weight": ("weight", "double"), "event_ids": ("events", "string")}

_Data = Mapping[str, str | int]
_Keys = Mapping[str, tuple[str, str]]


def write_graphml(network: Network) -> bytes:
    """Return an undirected graph in UTF-8; the ids of an edge's events are one text, joined by spaces."""
    root, graph = ET.Element("graphml", _ROOT), ET.Element("graph", {"edgedefault": "undirected"})
    for node in network.nodes:
        _add_data(ET.SubElement(graph, "node", {"id": node.id}), _NODE, _node_data(node))
    for edge in network.edges:
        data: _Data = {"weight": edge.weight, "events": " ".join(edge.events)}
        ends = {"source": edge.source, "target": edge.target}
        _add_data(ET.SubElement(graph, "edge", ends), _EDGE, data)
    root.extend([*_keys("node", _NODE), *_keys("edge", _EDGE), graph])
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml_bytes(text.decode() + "\n")


def _keys(element: str, keys: _Keys) -> list[ET.Element]:
    return [
        ET.Element("key", {"id": id, "for": element, "attr.name": name, "attr.type": value_type})
        for id, (name, value_type) in keys.items()
    ]


def _add_data(element: ET.Element, keys: _Keys, data: _Data) -> None:
    """Give a node or an edge the attributes that have a value."""
    for id, (name, _) in keys.items():
        if name in data:
            ET.SubElement(element, "data", {"key": id}).text = str(data[name])


def _node_data(node: NetworkNode) -> _Data:
    """Return a node's attributes; GraphML has no language maps, so `name` is English, `name_ru` Russian."""
    names: dict[str, str] = node.name.model_dump()
    return {
        # Programs show the label beside the node.
        "label": names["en"],
        **{"name" if code == "en" else f"name_{code}": text for code, text in names.items()},
        "kind": node.kind.value,
        "country": node.country,
        "events": node.events,
    }

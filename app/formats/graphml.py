"""The network as GraphML, which Gephi, Cytoscape and igraph open."""

from io import BytesIO

from app.documents.counting import Network, NetworkNode
from app.formats.xml_text import xml_bytes

GRAPHML_MEDIA_TYPE = "application/graphml+xml"


def write_graphml(network: Network) -> bytes:
    """An undirected graph in UTF-8; the ids of an edge's events are one text, parted by spaces."""
    import networkx  # Here: it takes a quarter of a second, and few readers need it.

    graph = networkx.Graph()
    for node in network.nodes:
        attributes = {"kind": node.kind.value, "country": node.country, "events": node.events}
        graph.add_node(node.id, **_names(node), **attributes)
    for edge in network.edges:
        events = " ".join(edge.events)
        graph.add_edge(edge.source, edge.target, weight=edge.weight, events=events)
    written = BytesIO()
    # Not `write_graphml`, which takes another library to write with when it finds one.
    networkx.write_graphml_xml(graph, written)
    return xml_bytes(written.getvalue().decode())


def _names(node: NetworkNode) -> dict[str, str]:
    """`name` in English, and `name_ru` and so on where known: GraphML has no language maps."""
    names: dict[str, str] = node.name.model_dump()
    return {"name" if code == "en" else f"name_{code}": text for code, text in names.items()}

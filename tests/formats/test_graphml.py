import networkx

from app.documents.counting import Network
from app.formats.graphml import write_graphml

NETWORK = {
    "nodes": [
        {"id": "b", "kind": "person", "country": "KP", "name": {"en": "B & C"}, "events": 3},
        {"id": "a", "kind": "state", "country": "RU", "name": {"en": "A", "ko": "ㄱ"}, "events": 2},
    ],
    "edges": [{"source": "a", "target": "b", "weight": 2, "events": ["2024-x", "2025-y"]}],
}
# Keys are numbered in the order of their first use; an edge begins at the node that comes first.
GRAPHML = """\
<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
  <key id="d6" for="edge" attr.name="events" attr.type="string" />
  <key id="d5" for="edge" attr.name="weight" attr.type="long" />
  <key id="d4" for="node" attr.name="name_ko" attr.type="string" />
  <key id="d3" for="node" attr.name="events" attr.type="long" />
  <key id="d2" for="node" attr.name="country" attr.type="string" />
  <key id="d1" for="node" attr.name="kind" attr.type="string" />
  <key id="d0" for="node" attr.name="name" attr.type="string" />
  <graph edgedefault="undirected">
    <node id="b">
      <data key="d0">B &amp; C</data>
      <data key="d1">person</data>
      <data key="d2">KP</data>
      <data key="d3">3</data>
    </node>
    <node id="a">
      <data key="d0">A</data>
      <data key="d4">ㄱ</data>
      <data key="d1">state</data>
      <data key="d2">RU</data>
      <data key="d3">2</data>
    </node>
    <edge source="b" target="a">
      <data key="d5">2</data>
      <data key="d6">2024-x 2025-y</data>
    </edge>
  </graph>
</graphml>
"""


def test_is_one_flat_file_that_networkx_reads() -> None:
    written = write_graphml(Network.model_validate(NETWORK)).decode()

    assert written == GRAPHML
    graph = networkx.parse_graphml(written)
    assert graph.nodes["b"] == {"name": "B & C", "kind": "person", "country": "KP", "events": 3}
    assert graph.edges["b", "a"] == {"weight": 2, "events": "2024-x 2025-y"}

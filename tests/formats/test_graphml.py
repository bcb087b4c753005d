import networkx

from app.documents.counting import Network
from app.formats.graphml import write_graphml

NETWORK = {
    "nodes": [
        {"id": "b", "kind": "person", "country": "KP", "name": {"en": "B & C"}, "events": 3},
        {"id": "a", "kind": "state", "country": "RU", "name": {"en": "A", "ko": "ㄱ"}, "events": 2},
    ],
    "edges": [{"source": "a", "target": "b", "weight": 2, "events": ["2024-x", "2025-y"]}],
    "unknown": [],
}
GRAPHML = """\
<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
  <key id="node_label" for="node" attr.name="label" attr.type="string" />
  <key id="node_name" for="node" attr.name="name" attr.type="string" />
  <key id="node_name_fr" for="node" attr.name="name_fr" attr.type="string" />
  <key id="node_name_ru" for="node" attr.name="name_ru" attr.type="string" />
  <key id="node_name_ko" for="node" attr.name="name_ko" attr.type="string" />
  <key id="node_kind" for="node" attr.name="kind" attr.type="string" />
  <key id="node_country" for="node" attr.name="country" attr.type="string" />
  <key id="node_events" for="node" attr.name="events" attr.type="int" />
  <key id="weight" for="edge" attr.name="weight" attr.type="double" />
  <key id="event_ids" for="edge" attr.name="events" attr.type="string" />
  <graph edgedefault="undirected">
    <node id="b">
      <data key="node_label">B &amp; C</data>
      <data key="node_name">B &amp; C</data>
      <data key="node_kind">person</data>
      <data key="node_country">KP</data>
      <data key="node_events">3</data>
    </node>
    <node id="a">
      <data key="node_label">A</data>
      <data key="node_name">A</data>
      <data key="node_name_ko">ㄱ</data>
      <data key="node_kind">state</data>
      <data key="node_country">RU</data>
      <data key="node_events">2</data>
    </node>
    <edge source="a" target="b">
      <data key="weight">2</data>
      <data key="event_ids">2024-x 2025-y</data>
    </edge>
  </graph>
</graphml>
"""


def test_is_one_flat_file_that_networkx_reads() -> None:
    written = write_graphml(Network.model_validate(NETWORK)).decode()

    assert written == GRAPHML
    graph = networkx.parse_graphml(written)
    named = {"label": "B & C", "name": "B & C"}
    assert graph.nodes["b"] == {**named, "kind": "person", "country": "KP", "events": 3}
    assert graph.edges["b", "a"] == {"weight": 2, "events": "2024-x 2025-y"}

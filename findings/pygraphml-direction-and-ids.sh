#!/usr/bin/env bash
# Library: PyPI pygraphml 2.4.2, `GraphMLParser.parse` and `write`.
# Expected: an undirected graph stays undirected, and a file that is written again has the ids of its nodes.
# Seen: `edgedefault="undirected"` is read, but `Graph.directed` is True. The written file says "directed", has
#   `id=""` at each node, and `source="" target=""` at each edge: nobody can tell any more who met whom.
# For readers of the timeline: do not save `/v1/network.graphml` by it. Use networkx or igraph.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pygraphml==2.4.2
cat > in.graphml <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <graph edgedefault="undirected">
    <node id="first"/><node id="second"/>
    <edge source="first" target="second"/>
  </graph>
</graphml>
XML
cat > run.py <<'PY'
import re
from pygraphml import GraphMLParser

graph = GraphMLParser().parse("in.graphml")
print("directed:", graph.directed)
print("read:", [node.id for node in graph.nodes()])
GraphMLParser().write(graph, "out.graphml")
for line in open("out.graphml"):
    if re.search("<(graph|node|edge) ", line):
        print("written:", line.strip())
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
directed: True
read: ['first', 'second']
written: <graph id="" edgedefault="directed">
written: <node id=""/>
written: <node id=""/>
written: <edge source="" target="" directed="false"/>
TEXT
diff expected seen

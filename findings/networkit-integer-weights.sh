#!/usr/bin/env bash
# Library: PyPI networkit 11.3, `readGraph` with `Format.GraphML`.
# Expected: the edge attribute `weight` becomes the weight of the edge, whether its type is int or double, since both are
#   numbers in GraphML.
# Seen: only a weight of type double is read. With the type int (also long or float) the graph has no weights: every edge
#   counts as 1, so a pair that met 116 times is as close as one that met once. Nothing is reported.
# For readers of the timeline: the weights of `/v1/network.graphml` are of type double.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check networkit==11.3
cat > run.py <<'PY'
from pathlib import Path

import networkit

GRAPH = """<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="weight" for="edge" attr.name="weight" attr.type="{type}"/>
  <graph edgedefault="undirected">
    <node id="a"/><node id="b"/><node id="c"/>
    <edge source="a" target="b"><data key="weight">116</data></edge>
    <edge source="b" target="c"><data key="weight">1</data></edge>
  </graph>
</graphml>
"""
for value_type in ("int", "long", "float", "double"):
    Path("graph.graphml").write_text(GRAPH.format(type=value_type), encoding="utf-8")
    graph = networkit.readGraph("graph.graphml", networkit.Format.GraphML)
    print(value_type, graph.isWeighted(), [graph.weight(0, 1), graph.weight(1, 2)])
PY
venv/bin/python run.py | grep -v "^identified" > seen
cat seen
cat > expected <<'TEXT'
int False [1.0, 1.0]
long False [1.0, 1.0]
float False [1.0, 1.0]
double True [116.0, 1.0]
TEXT
diff expected seen

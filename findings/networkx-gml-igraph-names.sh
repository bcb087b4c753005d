#!/usr/bin/env bash
# Libraries: PyPI networkx 3.6.1 with igraph 1.0.0, where one writes GML and the other reads it.
# Expected: both know the format, so names in Korean and Russian arrive as they left.
# Seen: by GML a Korean name arrives as `&#44608;&#50504;&#45208;`, character references that igraph keeps as text, with
#   a warning; so does a Russian one. By GraphML the names arrive.
# For readers of the timeline: give the network from one to the other as GraphML, as `/v1/network.graphml` is.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet networkx==3.6.1 igraph==1.0.0
cat > run.py <<'PY'
import warnings
import igraph
import networkx

warnings.simplefilter("ignore")
graph = networkx.Graph()
graph.add_node("anna", name_ko="김안나", name_ru="Анна")
graph.add_node("boris", name_ko="보리스", name_ru="Борис")
graph.add_edge("anna", "boris", weight=3)
for name in ("gml", "graphml"):
    getattr(networkx, "write_" + name)(graph, "out." + name)
    read = igraph.Graph.Read("out." + name, format=name)
    print(name, read.vs[0]["name_ko"], read.vs[0]["name_ru"])
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
gml &#44608;&#50504;&#45208; &#1040;&#1085;&#1085;&#1072;
graphml 김안나 Анна
TEXT
diff expected seen

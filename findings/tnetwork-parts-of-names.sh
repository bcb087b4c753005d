#!/usr/bin/env bash
# Library: PyPI tnetwork 1.2 (with networkx 3.6.1), `write_snapshots` and `read_snapshots`.
# Expected: a network over time that is written and read again has the same people and edges; nodes of GraphML are told apart
#   by their ids.
# Seen: in the default format a line has the two names with spaces between all words, and the first two words are read as
#   the ends of the edge: Kim Jong Un and Vladimir Putin become "Kim" and "Jong". In GraphML the label replaces the id, so two
#   people with one name are one node. Nothing is reported.
# For readers of the timeline: `/v1/network.graphml` has labels with spaces, and ids without. Remove the labels before tnetwork
#   reads the file; then the nodes have the ids.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check tnetwork==1.2 networkx==3.6.1 setuptools==75.8.0
cat > run.py <<'PY'
import warnings

warnings.simplefilter("ignore")

import os

import networkx as nx
import tnetwork as tn


def edges(folder):
    return {time: sorted(map(sorted, graph.edges())) for time, graph in sorted(tn.read_snapshots(folder).snapshots().items())}


def written(folder, meetings):
    network = tn.DynGraphSN()
    for one, other, year in meetings:
        network.add_interaction(one, other, year)
    tn.write_snapshots(network, folder)
    return edges(folder)


print("names", written("names", [("Kim Jong Un", "Vladimir Putin", 2019), ("Choe Son Hui", "Sergey Lavrov", 2024)]))
print("ids", written("ids", [("kim-jong-un", "vladimir-putin", 2019), ("choe-son-hui", "sergey-lavrov", 2024)]))

graph = nx.Graph()
graph.add_node("ri-yong-ho", label="Ri Yong Ho")
graph.add_node("ri-yong-ho-army", label="Ri Yong Ho")
graph.add_node("kim-jong-un", label="Kim Jong Un")
graph.add_edges_from([("ri-yong-ho", "kim-jong-un"), ("ri-yong-ho-army", "kim-jong-un")])
for labels in (True, False):
    if not labels:
        for node in graph:
            del graph.nodes[node]["label"]
    os.makedirs("graphml", exist_ok=True)
    nx.write_graphml(graph, "graphml/1.graphml")
    print("labels" if labels else "no labels", edges("graphml"))
PY
venv/bin/python run.py 2> /dev/null > seen
cat seen
cat > expected <<'TEXT'
names {2019: [['Jong', 'Kim']], 2024: [['Choe', 'Son']]}
ids {2019: [['kim-jong-un', 'vladimir-putin']], 2024: [['choe-son-hui', 'sergey-lavrov']]}
labels {1: [['Kim_Jong_Un', 'Ri_Yong_Ho']]}
no labels {1: [['kim-jong-un', 'ri-yong-ho'], ['kim-jong-un', 'ri-yong-ho-army']]}
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: PyPI hypergraphx 1.8.0 and ash-model 1.0.0, `read_hif`, given a file in HIF that PyPI xgi 0.10.2 writes.
# Expected: each edge of the file is an edge with its attributes, and a directed network is directed or refused.
# Seen: edges with the same members become one. Of the two meetings of Putin and Kim, both keep the one that the file lists last.
#   hypergraphx looks for `type` and not for `network-type`, which the standard has. So it takes a directed network for an
#   undirected one, with a warning in its log: a visit and its return visit are one. It cannot write what it has read.
#   ash-model refuses a directed network.
# For readers of the timeline: events are edges, and many have the same participants. Read HIF with xgi, or give each event a node
#   of its own.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check hypergraphx==1.8.0 ash-model==1.0.0 xgi==0.10.2
cat > run.py <<'PY'
import json
import logging
from pathlib import Path

import xgi
from ash_model.readwrite import io as ash
from hypergraphx.readwrite.hif import read_hif, write_hif

logging.disable(logging.WARNING)
NAMES = ["kim", "lavrov", "putin"]
MEETINGS = {"2019-04-25": ["putin", "kim"], "2023-09-13": ["putin", "kim", "lavrov"], "2024-06-19": ["putin", "kim"]}


def ordered(path):
    document = json.loads(Path(path).read_text())
    document["edges"].sort(key=lambda edge: edge["edge"])
    Path(path).write_text(json.dumps(document))


def dates(network):
    return sorted(record["edge"] for record in network.get_edges(metadata=True).values())


meetings = xgi.Hypergraph()
meetings.add_nodes_from((name, {"name": name}) for name in NAMES)
for day, members in MEETINGS.items():
    meetings.add_edge(members, idx=day, day=day)
xgi.write_hif(meetings, "meetings.json")
ordered("meetings.json")
print("xgi", sorted(xgi.read_hif("meetings.json").edges))
network = read_hif("meetings.json")
print("hypergraphx", dates(network), type(network).__name__)
try:
    write_hif(network, "again.json")
except TypeError as error:
    print("hypergraphx writes:", error)
read = ash.read_hif("meetings.json")
print("ash-model", sorted(read.get_hyperedge_attributes(edge)["day"] for edge in read.hyperedges()))

visits = xgi.DiHypergraph()
visits.add_nodes_from((name, {"name": name}) for name in NAMES)
visits.add_edge((["putin"], ["kim"]), idx="2024-06-18", kind="visit")
visits.add_edge((["kim"], ["putin"]), idx="2025-09-03", kind="return visit")
xgi.write_hif(visits, "visits.json")
ordered("visits.json")
print("xgi", sorted(xgi.read_hif("visits.json").edges))
network = read_hif("visits.json")
print("hypergraphx", dates(network), type(network).__name__)
try:
    ash.read_hif("visits.json")
except NotImplementedError as error:
    print("ash-model refuses:", error)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
xgi ['2019-04-25', '2023-09-13', '2024-06-19']
hypergraphx ['2023-09-13', '2024-06-19'] Hypergraph
hypergraphx writes: keys must be str, int, float, bool or None, not tuple
ash-model ['2023-09-13', '2024-06-19']
xgi ['2024-06-18', '2025-09-03']
hypergraphx ['2025-09-03'] Hypergraph
ash-model refuses: Only undirected hypernetworks are supported.
TEXT
diff expected seen

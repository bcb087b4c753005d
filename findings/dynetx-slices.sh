#!/usr/bin/env bash
# Library: PyPI dynetx 0.3.2, `add_interaction`, `time_slice`, `interactions_per_snapshots` and `read_interactions`.
# Expected: a slice from 1950 to 2010 of a network whose links all lie in these years is the network. Two overlapping links
#   between the same pair hold in each year of either. A network that is written and read again is the same.
# Seen: a slice loses the last year of every link, so a link of one year is there from 2000 to 1999 and holds in no year. A
#   second, shorter link within a longer one hides the longer one: the treaty of 1961 to 1995 no longer holds in 1975. An
#   earlier link after a later one is an error. A link with an end counts 0.5 in each year, one without counts 1. Written and
#   read, a link has its first year twice.
# For readers of the timeline: our edges have the newest event first. Sort the events of each pair, add a year as `t` without
#   `e`, and do not slice.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dynetx==0.3.2 networkx==3.6.1 2> /dev/null
cat > run.py <<'PY'
import dynetx as dn

YEARS = (1961, 1975, 1995, 1996, 2000)


def network():
    graph = dn.DynGraph()
    graph.add_interaction("ussr", "dprk", t=1961, e=1996)
    graph.add_interaction("russia", "dprk", t=2000)
    return graph


def years(graph, one):
    return [year for year in YEARS if graph.has_interaction(one, "dprk", t=year)]


def periods(graph):
    return sorted((" ".join(sorted((one, other))), link["t"]) for one, other, link in graph.interactions())


graph = network()
print("whole", periods(graph), years(graph, "ussr"), years(graph, "russia"))
part = graph.time_slice(1950, 2010)
print("slice", periods(part), years(part, "ussr"), years(part, "russia"))
counts = graph.interactions_per_snapshots()
print("links in 1975 and 2000:", counts[1975], counts[2000])

dn.write_interactions(graph, "links.txt")
print("read", periods(dn.read_interactions("links.txt", nodetype=str, timestamptype=int)))

graph.add_interaction("ussr", "dprk", t=1965, e=1970)
print("with a shorter one", years(graph, "ussr"))
try:
    network().add_interaction("ussr", "dprk", t=1949, e=1955)
except ValueError as error:
    print("with an earlier one:", error)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
whole [('dprk russia', [[2000, 2000]]), ('dprk ussr', [[1961, 1995]])] [1961, 1975, 1995] [2000]
slice [('dprk russia', [[2000, 1999]]), ('dprk ussr', [[1961, 1994]])] [1961, 1975] []
links in 1975 and 2000: 0.5 1.0
read [('dprk russia', [[2000, 2000]]), ('dprk ussr', [[1961, 1961], [1961, 1995]])]
with a shorter one [1961]
with an earlier one: The specified interaction extension is broader than the ones already present for the given nodes.
TEXT
diff expected seen

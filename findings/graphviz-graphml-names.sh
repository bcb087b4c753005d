#!/usr/bin/env bash
# Library: Graphviz 2.42.2, its converters `graphml2gv`, `gv2gml` and `gml2gv` (Debian 2.42.2-7+deb12u1).
# Expected: data of GraphML become attributes, as GML and GXL attributes do; a graph that goes to GML and back has its names.
# Seen: `graphml2gv` reads ids only: each key and each datum is "Unknown node - ignoring" on standard error, so people are
#   p1 and p2, and no link has a weight; the exit code is 0. A graph of DOT that goes to GML and back has numbers for its nodes,
#   and `name` is the label: p1 and p2 are lost, and two people with one label differ by their number alone.
# For readers of the timeline: read `/v1/network.graphml` with networkx or igraph, and write DOT from it there.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 graphviz=2.42.2-7+deb12u1 libcgraph6=2.42.2-7+deb12u1 libcdt5=2.42.2-7+deb12u1 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
export PATH="$folder/root/usr/bin:$PATH"
LD_LIBRARY_PATH=$(dirname "$(find "$folder/root" -name 'libcgraph.so*' | head -n 1)")
export LD_LIBRARY_PATH
cat > network.graphml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="name" for="node" attr.name="name" attr.type="string"/><key id="w" for="edge" attr.name="weight" attr.type="double"/>
<graph edgedefault="undirected"><node id="p1"><data key="name">Ким Чен Ын</data></node>
<node id="p2"><data key="name">최선희</data></node>
<edge id="e1" source="p1" target="p2"><data key="w">3.0</data></edge></graph></graphml>
XML
echo 'graph { p1 [label="Ким Чен Ын"]; p2 [label="최선희"]; p1 -- p2 [weight=3]; }' > network.gv
{
  graphml2gv network.graphml 2> warnings
  sed 's/ - .*//' warnings | sort | uniq -c
  gv2gml network.gv | gml2gv
} > seen
cat seen
cat > expected <<'TEXT'
graph "" {
	p1 -- p2	[_graphml_id=e1];
}
      3 Unknown node data
      2 Unknown node key
graph "" {
	graph [version=2];
	0	[label="Ким Чен Ын",
		name="Ким Чен Ын"];
	1	[label=최선희,
		name=최선희];
	0 -- 1	[id=1,
		weight=3];
}
TEXT
diff expected seen

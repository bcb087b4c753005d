#!/usr/bin/env bash
# Library: npm graphology-graphml 0.5.2 with graphology 0.26.0.
# Expected: the `<default>` of a key has the type of the key, as the values in `<data>` have.
# Seen: values get their type, and defaults stay texts: of two nodes that are not in force one has false and the other
#   "false", which is true in a condition. A default of 0 events is "0", to which a sum appends digits.
# For readers of the timeline: `/v1/network.graphml` has no defaults. Convert those of other files.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund graphology@0.26.0 graphology-graphml@0.5.2
cat > run.cjs <<'JS'
const Graph = require("graphology");
const { parse } = require("graphology-graphml");

const GRAPH = `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="events" for="node" attr.name="events" attr.type="int"><default>0</default></key>
<key id="in_force" for="node" attr.name="in_force" attr.type="boolean"><default>false</default></key>
<key id="weight" for="edge" attr.name="weight" attr.type="double"><default>1.5</default></key>
<graph edgedefault="undirected">
<node id="treaty-1961"><data key="events">3</data><data key="in_force">false</data></node>
<node id="treaty-2000"/>
<node id="treaty-2024"/>
<edge source="treaty-1961" target="treaty-2000"><data key="weight">2</data></edge>
<edge source="treaty-2000" target="treaty-2024"/>
</graph></graphml>`;

const graph = parse(Graph, GRAPH);
graph.forEachNode((id, each) => console.log(id, JSON.stringify(each), each.in_force ? "in force" : "not in force"));
console.log("weights:", JSON.stringify(graph.mapEdges((id, each) => each.weight)));
console.log("events:", JSON.stringify(graph.reduceNodes((sum, id, each) => sum + each.events, 0)));
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
treaty-1961 {"events":3,"in_force":false} not in force
treaty-2000 {"events":"0","in_force":"false"} in force
treaty-2024 {"events":"0","in_force":"false"} in force
weights: [2,"1.5"]
events: "300"
TEXT
diff expected seen

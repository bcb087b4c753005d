#!/usr/bin/env bash
# Library: npm gexf 0.2.6 with @xmldom/xmldom 0.9.8.
# Expected: an attribute that a node does not have is absent or null in its `attributes`, whatever its type; a default is
#   used only if the file declares one. An edge keeps `start` and `end`.
# Seen: a missing boolean is false and a missing list is empty, while a missing number is null and a missing text is absent.
#   So "not known" becomes "no". The period of an edge is dropped. graphology-gexf 0.13.2 leaves the attributes out.
# For readers of the timeline: take `/v1/network.graphml`; if you convert it to GEXF, read that with graphology-gexf.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund gexf@0.2.6 graphology-gexf@0.13.2 graphology@0.26.0
cat > run.cjs <<'JS'
const { UndirectedGraph } = require("graphology");
const graphology = require("graphology-gexf");
const gexf = require("gexf");

const source = `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="undirected" mode="dynamic" timeformat="date">
<attributes class="node"><attribute id="alive" title="alive" type="boolean"/><attribute id="sides" title="sides" type="liststring"/>
<attribute id="events" title="events" type="integer"/><attribute id="note" title="note" type="string"/></attributes>
<nodes><node id="first" label="First"><attvalues><attvalue for="alive" value="true"/><attvalue for="sides" value="RU|KP"/>
<attvalue for="events" value="7"/><attvalue for="note" value="x"/></attvalues></node><node id="second" label="Second"/></nodes>
<edges><edge id="e" source="first" target="second" start="2018-10-22" end="2018-10-26"/></edges></graph></gexf>`;
const graph = gexf.parse(source);
for (const node of graph.nodes) console.log("gexf:", node.id, JSON.stringify(node.attributes));
console.log("gexf edge:", JSON.stringify(graph.edges[0]));
graphology.parse(UndirectedGraph, source).forEachNode((id, attributes) => console.log("graphology-gexf:", id, JSON.stringify(attributes)));
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
gexf: first {"alive":true,"sides":["RU","KP"],"events":7,"note":"x"}
gexf: second {"alive":false,"sides":[],"events":null}
gexf edge: {"id":"e","type":"undirected","label":"","source":"first","target":"second","weight":1}
graphology-gexf: first {"label":"First","alive":true,"sides":["RU","KP"],"events":7,"note":"x"}
graphology-gexf: second {"label":"Second"}
TEXT
diff expected seen

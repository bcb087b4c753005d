#!/usr/bin/env bash
# Library: PyPI gexfpy 0.1.1, which writes GEXF, and npm graphology-gexf 0.13.2 and gexf 0.2.6, which read it, with PyPI
#   networkx 3.6.1.
# Expected: a file that one writes is a file that the others read, as a prefix of a namespace means nothing in XML.
# Seen: gexfpy writes each element with a prefix, `<ns0:graph>`, even if it has read a file without one. Both readers of npm look
#   for `graph` by its name, so they find none: "Cannot read properties of undefined (reading 'getAttribute')". networkx
#   reads the file.
# For readers of the timeline: take `/v1/network.graphml`. Write GEXF with networkx or graphology-gexf.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check gexfpy==0.1.1 networkx==3.6.1
npm init -y >/dev/null
npm install --silent --no-audit --no-fund gexf@0.2.6 graphology-gexf@0.13.2 graphology@0.26.0 2> /dev/null
cat > write.py <<'PY'
from pathlib import Path

import gexfpy
import networkx

network = networkx.Graph([("putin", "kim")])
networkx.write_gexf(network, "networkx.gexf")
Path("again.gexf").write_text(gexfpy.stringify(gexfpy.parse("networkx.gexf")))
nodes = [gexfpy.Nodes(node=[gexfpy.Node(id=name, label=name) for name in ("putin", "kim")])]
edges = [gexfpy.Edges(edge=[gexfpy.Edge(id="0", source="putin", target="kim")])]
made = gexfpy.Gexf(graph=gexfpy.Graph(nodes=nodes, edges=edges))
Path("made.gexf").write_text(gexfpy.stringify(made))
for name in ("networkx", "again", "made"):
    print(name, "networkx reads", *sorted(networkx.read_gexf(f"{name}.gexf")))
PY
cat > read.cjs <<'JS'
const { readFileSync } = require("node:fs");
const { Graph } = require("graphology");
const graphology = require("graphology-gexf");
const gexf = require("gexf");

const show = (name, read) => {
  try {
    console.log(`${name} reads`, read());
  } catch (error) {
    console.log(`${name}:`, error.message);
  }
};
for (const name of ["networkx", "again", "made"]) {
  const text = readFileSync(`${name}.gexf`, "utf8");
  show(`${name} graphology-gexf`, () => graphology.parse(Graph, text).nodes().sort().join(" "));
  show(`${name} gexf`, () => gexf.parse(text).nodes.map((node) => node.id).sort().join(" "));
}
JS
{
  venv/bin/python write.py 2> /dev/null
  node read.cjs
  grep -o "<[a-z0-9:]*graph " again.gexf
} > seen
cat seen
cat > expected <<'TEXT'
networkx networkx reads kim putin
again networkx reads kim putin
made networkx reads kim putin
networkx graphology-gexf reads kim putin
networkx gexf reads kim putin
again graphology-gexf: Cannot read properties of undefined (reading 'getAttribute')
again gexf: Cannot read properties of undefined (reading 'getAttribute')
made graphology-gexf: Cannot read properties of undefined (reading 'getAttribute')
made gexf: Cannot read properties of undefined (reading 'getAttribute')
<ns0:graph 
TEXT
diff expected seen

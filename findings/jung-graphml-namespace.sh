#!/usr/bin/env bash
# Library: Java JUNG 2.1.1 (Debian libjung-free-java 2.1.1-2), its reader and writer of GraphML, with a JDK 17; PyPI networkx 3.6.1.
# Expected: GraphML that JUNG writes is read by other programs, with the names and types of its keys.
# Seen: the namespace is not the one of GraphML (`…/xmlns/graphml` for `…/xmlns`), so networkx finds no graph in the file. Keys
#   have an id only: with the right namespace networkx still refuses the file, for `attr.name` is missing. An undirected graph
#   becomes a directed one, with `directed="false"` at each edge. JUNG itself reads its file again.
# For readers of the timeline: read `/v1/network.graphml` with JUNG, and do not pass on the GraphML that it writes.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 libjung-free-java=2.1.1-2 libguava-java=31.1-1 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet networkx==3.6.1
cat > in.graphml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="name" for="node" attr.name="name" attr.type="string"/><key id="w" for="edge" attr.name="weight" attr.type="double"/>
<graph edgedefault="undirected"><node id="kim"><data key="name">Ким Чен Ын</data></node>
<node id="choe"><data key="name">최선희</data></node>
<edge id="link" source="kim" target="choe"><data key="w">3.0</data></edge></graph></graphml>
XML
cat > Run.java <<'JAVA'
import edu.uci.ics.jung.graph.Graph;
import edu.uci.ics.jung.graph.SparseMultigraph;
import edu.uci.ics.jung.io.GraphMLReader;
import edu.uci.ics.jung.io.GraphMLWriter;
import java.io.FileWriter;

public class Run {
    public static void main(String[] arguments) throws Exception {
        int[] counts = {0, 0};
        GraphMLReader<Graph<String, String>, String, String> reader =
                new GraphMLReader<>(() -> "v" + counts[0]++, () -> "e" + counts[1]++);
        Graph<String, String> graph = new SparseMultigraph<>();
        reader.load(arguments[0], graph);
        GraphMLWriter<String, String> writer = new GraphMLWriter<>();
        writer.setVertexIDs(vertex -> reader.getVertexIDs().get(vertex));
        writer.setEdgeIDs(edge -> reader.getEdgeIDs().get(edge));
        reader.getVertexMetadata().forEach((id, data) ->
                writer.addVertexData(id, data.description, data.default_value, data.transformer));
        reader.getEdgeMetadata().forEach((id, data) ->
                writer.addEdgeData(id, data.description, data.default_value, data.transformer));
        try (FileWriter file = new FileWriter(arguments[1])) {
            writer.save(graph, file);
        }
        System.out.println(graph.getVertexCount() + " people, " + graph.getEdgeCount() + " link, "
                + reader.getVertexMetadata().get("name").transformer.apply("v0"));
    }
}
JAVA
cat > run.py <<'PY'
import warnings

import networkx

warnings.simplefilter("ignore")
text = open("out.graphml", encoding="utf-8").read()
for name, tried in (
    ("input", open("in.graphml", encoding="utf-8").read()),
    ("as written", text),
    ("namespace", text.replace("/xmlns/graphml", "/xmlns")),
):
    try:
        print(name, list(networkx.parse_graphml(tried).nodes(data=True)))
    except networkx.NetworkXError as error:
        print(name, error)
PY
{
  java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -cp 'root/usr/share/java/*' Run.java in.graphml out.graphml
  grep -E '<(graph|key|edge) ' out.graphml
  java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -cp 'root/usr/share/java/*' Run.java out.graphml again.graphml
  venv/bin/python run.py
} > seen
cat seen
cat > expected <<'TEXT'
2 people, 1 link, Ким Чен Ын
<key id="name" for="node"/>
<key id="w" for="edge"/>
<graph edgedefault="directed">
<edge id="link" directed="false" source="kim" target="choe">
2 people, 1 link, Ким Чен Ын
input [('kim', {'name': 'Ким Чен Ын'}), ('choe', {'name': '최선희'})]
as written file not successfully read as graphml
namespace Unknown key for id name.
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: PyPI rdfpandas 1.1.7, `to_dataframe` and `to_graph`, with rdflib 7.6.0 and pandas 3.1.1.
# Expected: a graph that becomes a table and then a graph again has the same statements, whatever the nodes are.
# Seen: an object that is a blank node remains one, but a subject that is a blank node returns as a literal. What is said of the
#   node is therefore cut off from what points to it: the role of a participant is no longer found. The file that rdflib
#   writes is no N-Triples, as a literal is no subject; nothing is reported.
# For readers of the timeline: the roles of participants and the identifiers are blank nodes. Give them addresses first, with
#   `graph.skolemize()`, and take these away afterwards with `graph.de_skolemize()`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check rdfpandas==1.1.7 rdflib==7.6.0 pandas==3.1.1 2> /dev/null
cat > run.py <<'PY'
from rdflib import Graph
from rdfpandas import to_dataframe, to_graph

TEXT = """
@prefix s: <https://schema.org/> .
<https://example.org/visit> s:name "회담"@ko ; s:attendee [ a s:Role ; s:roleName "host" ; s:attendee <https://example.org/kim> ] .
"""
ROLES = """
PREFIX s: <https://schema.org/>
SELECT ?name { <https://example.org/visit> s:attendee [ s:roleName ?name ] }
"""


def show(name, graph):
    print(name, len(graph), "statements, roles", [str(row.name) for row in graph.query(ROLES)], end=", ")
    print("subjects", sorted({type(subject).__name__ for subject in graph.subjects()}))


graph = Graph().parse(data=TEXT, format="turtle")
show("given", graph)
show("again", to_graph(to_dataframe(graph)))
show("skolemized", to_graph(to_dataframe(graph.skolemize())).de_skolemize())
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
given 5 statements, roles ['host'], subjects ['BNode', 'URIRef']
again 5 statements, roles [], subjects ['Literal', 'URIRef']
skolemized 5 statements, roles ['host'], subjects ['BNode', 'URIRef']
TEXT
diff expected seen

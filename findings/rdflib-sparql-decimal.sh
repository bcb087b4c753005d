#!/usr/bin/env bash
# Libraries: PyPI rdflib 7.6.0, and pyoxigraph 0.5.13 for comparison.
# Expected: in SPARQL `?latitude = 43.1155` finds the double 43.1155, because the decimal is promoted to a double (SPARQL
#   1.1, section 17.3).
# Seen: pyoxigraph finds it. rdflib compares the exact values, which differ, so `=`, `IN` and `>=` miss it and `!=`
#   has it; with 43.5, which both types hold exactly, it is found. With `43.1155e0` it is found as well.
# For readers of the timeline: latitude and longitude in `.jsonld` are doubles. Write numbers in a query with e0, or
#   leave a margin, above all at the edges of a rectangle.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet rdflib==7.6.0 pyoxigraph==0.5.13
cat > run.py <<'PY'
import pyoxigraph
import rdflib

data = """
@prefix s: <https://schema.org/> . @prefix x: <http://www.w3.org/2001/XMLSchema#> .
<http://e/a> s:latitude "43.1155"^^x:double . <http://e/b> s:latitude "43.5"^^x:double .
"""
graph = rdflib.Graph().parse(data=data, format="turtle")
store = pyoxigraph.Store()
store.load(data.encode(), format=pyoxigraph.RdfFormat.TURTLE)
for test in ["= 43.1155", "IN (43.1155)", ">= 43.1155", "!= 43.1155", "= 43.5", "= 43.1155e0"]:
    query = f"PREFIX s: <https://schema.org/> SELECT ?p {{ ?p s:latitude ?l FILTER(?l {test}) }} ORDER BY ?p"
    print(test, [str(row[0])[-1] for row in graph.query(query)], [row[0].value[-1] for row in store.query(query)])
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
= 43.1155 [] ['a']
IN (43.1155) [] ['a']
>= 43.1155 ['b'] ['a', 'b']
!= 43.1155 ['a', 'b'] ['b']
= 43.5 ['b'] ['b']
= 43.1155e0 ['a'] ['a']
TEXT
diff expected seen

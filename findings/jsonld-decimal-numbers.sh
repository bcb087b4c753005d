#!/usr/bin/env bash
# Library: PyPI pyoxigraph 0.5.13, PyLD 3.3.0, rdflib 7.6.0, on JSON-LD 1.1.
# Expected: with `"@type": "xsd:decimal"` in the context, the JSON number 43.1155 is the decimal 43.1155, and a query finds it.
# Seen: pyoxigraph and PyLD write a number with a fraction in the form of a double, as the algorithm of the standard says
#   (JSON-LD 1.1 API, Object to RDF Conversion): "4.31155E1"^^xsd:decimal, which is no decimal. Then `?latitude > 30` in
#   Oxigraph leaves out the places whose latitude is a number with a fraction, without an error. It finds a whole number,
#   and a number that is given as a text. rdflib reads 43.1155.
# For readers of the timeline: our contexts give coordinates no type, so they are doubles to all three. If you give
#   them one in a context, take xsd:double, or write the numbers as texts.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pyoxigraph==0.5.13 PyLD==3.3.0 rdflib==7.6.0
cat > run.py <<'PY'
import json

import rdflib
from pyld import jsonld
from pyoxigraph import RdfFormat, Store

QUERY = "SELECT ?place WHERE { ?place <urn:example:latitude> ?latitude FILTER(?latitude > 30) } ORDER BY ?place"


def read(type_):
    latitude = {"@id": "urn:example:latitude", "@type": f"http://www.w3.org/2001/XMLSchema#{type_}"}
    places = [("vladivostok", 43.1155), ("pyongyang", 39), ("khasan", "42.4292")]
    graph = [{"@id": f"urn:example:{name}", "latitude": value} for name, value in places]
    return {"@context": {"latitude": latitude}, "@graph": graph}


for type_ in ("decimal", "double"):
    document = read(type_)
    text = json.dumps(document)
    store = Store()
    store.load(text.encode(), format=RdfFormat.JSON_LD)
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    rows = {
        "pyoxigraph": sorted(quad.object.value for quad in store),
        "PyLD": sorted(line.split('"')[1] for line in jsonld.to_rdf(document, {"format": "application/n-quads"}).splitlines()),
        "rdflib": sorted(str(value) for value in graph.objects()),
        "found by Oxigraph": [row["place"].value.split(":")[-1] for row in store.query(QUERY)],
        "found by rdflib": [str(row.place).split(":")[-1] for row in graph.query(QUERY)],
    }
    for name, values in rows.items():
        print(f"{type_}, {name}:", *values)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
decimal, pyoxigraph: 39 4.31155E1 42.4292
decimal, PyLD: 39 4.31155E1 42.4292
decimal, rdflib: 39 42.4292 43.1155
decimal, found by Oxigraph: khasan pyongyang
decimal, found by rdflib: khasan pyongyang vladivostok
double, pyoxigraph: 39 42.4292 43.1155
double, PyLD: 3.9E1 4.24292E1 4.31155E1
double, rdflib: 39 42.4292 43.1155
double, found by Oxigraph: khasan pyongyang vladivostok
double, found by rdflib: khasan pyongyang vladivostok
TEXT
diff expected seen

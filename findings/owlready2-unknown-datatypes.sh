#!/usr/bin/env bash
# Library: PyPI owlready2 0.51, `World.sparql` over a graph of N-Triples.
# Expected: a literal of a datatype that the library does not know is its text, as in rdflib; a year (xsd:gYear) is a number.
# Seen: the file is read without a complaint. A query that returns such a literal is a ValueError, "Cannot read literal of datatype
#   310!", with a number of the library's own, and gives none of its other rows. So `SELECT ?p ?o` of an event fails because of
#   its date in EDTF, and also with xsd:gYear and xsd:gYearMonth. STR() of the literal is right.
# For readers of the timeline: ask for `(STR(?date) AS ?text)`, or call `declare_datatype` for
#   http://id.loc.gov/datatypes/edtf/EDTF before you read `timeline.nt`; the days of `dct:temporal` are dates.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check owlready2==0.51 2> /dev/null
cat > timeline.nt <<'NT'
<http://timeline.example/1> <http://purl.org/dc/terms/temporal> "1884-07-01"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://timeline.example/1> <http://purl.org/dc/terms/date> "1884-07~"^^<http://id.loc.gov/datatypes/edtf/EDTF> .
<http://timeline.example/1> <http://purl.org/dc/terms/issued> "1884"^^<http://www.w3.org/2001/XMLSchema#gYear> .
<http://timeline.example/1> <https://schema.org/name> "Talks"@en .
NT
cat > run.py <<'PY'
import re

import owlready2


def ask(world, query):
    try:
        answer = list(world.sparql(query))
    except ValueError as error:
        answer = "ValueError " + re.sub("[0-9]+", "N", str(error))
    print(query, "->", answer)


world = owlready2.World()
world.get_ontology("http://timeline.example/graph#").load(fileobj=open("timeline.nt", "rb"))
ask(world, "SELECT ?o WHERE { ?s <http://purl.org/dc/terms/temporal> ?o }")
ask(world, "SELECT ?o WHERE { ?s <http://purl.org/dc/terms/date> ?o }")
ask(world, "SELECT ?o WHERE { ?s <http://purl.org/dc/terms/issued> ?o }")
ask(world, "SELECT ?o WHERE { <http://timeline.example/1> ?p ?o }")
ask(world, "SELECT (STR(?o) AS ?t) WHERE { ?s <http://purl.org/dc/terms/date> ?o }")


class Edtf(str):
    pass


owlready2.declare_datatype(Edtf, "http://id.loc.gov/datatypes/edtf/EDTF", Edtf, str)
world = owlready2.World()
world.get_ontology("http://timeline.example/graph#").load(fileobj=open("timeline.nt", "rb"))
ask(world, "SELECT ?o WHERE { ?s <http://purl.org/dc/terms/date> ?o }")
PY
venv/bin/python run.py > seen 2> errors || cat errors
cat seen
cat > expected <<'TEXT'
SELECT ?o WHERE { ?s <http://purl.org/dc/terms/temporal> ?o } -> [[datetime.date(1884, 7, 1)]]
SELECT ?o WHERE { ?s <http://purl.org/dc/terms/date> ?o } -> ValueError Cannot read literal of datatype N!
SELECT ?o WHERE { ?s <http://purl.org/dc/terms/issued> ?o } -> ValueError Cannot read literal of datatype N!
SELECT ?o WHERE { <http://timeline.example/1> ?p ?o } -> ValueError Cannot read literal of datatype N!
SELECT (STR(?o) AS ?t) WHERE { ?s <http://purl.org/dc/terms/date> ?o } -> [['1884-07~']]
SELECT ?o WHERE { ?s <http://purl.org/dc/terms/date> ?o } -> [['1884-07~']]
TEXT
diff expected seen

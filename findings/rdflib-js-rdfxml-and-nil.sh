#!/usr/bin/env bash
# Library: npm rdflib 2.4.0, `serialize`; its output is read with npm rdfxml-streaming-parser 3.3.0 and npm n3 2.13.12.
# Expected: RDF/XML and N-Triples have the triples of the store.
# Seen: in RDF/XML a blank node with a type is written as a property with the name of that type, on another blank node. So its
#   properties are read as types, and their values are lost: of the role of a participant, `guest` is gone, and Putin is the
#   value of an `rdf:resource`. In N-Triples a list does not end with `rdf:nil` but with `rdf:nill`. Turtle is right.
# For readers of the timeline: of 201 triples about a visit in the `timeline.nt` of a release, 31 were lost in RDF/XML. Keep
#   N-Triples, or write Turtle. Our RDF has no lists.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund rdflib@2.4.0 rdfxml-streaming-parser@3.3.0 n3@2.13.12 2> /dev/null
cat > run.mjs <<'JS'
import { Parser } from "n3";
import * as rdflib from "rdflib";
import { RdfXmlParser } from "rdfxml-streaming-parser";

const base = "https://example.org/";
const source = `
@prefix schema: <https://schema.org/> .
<https://example.org/visit> a schema:Event ;
  schema:attendee [ a schema:Role ; schema:roleName "guest" ; schema:attendee <https://example.org/vladimir-putin> ] .
<https://example.org/languages> schema:itemListElement ( "ru" "ko" ) .`;
const store = rdflib.graph();
rdflib.parse(source, store, base, "text/turtle");
const write = (type) => rdflib.serialize(null, store, base, type);
const print = (name, quads) => {
  const nodes = new Map();
  const show = (term) => {
    if (term.termType !== "BlankNode") return term.value.replace(/^.*[/#]/, "");
    return nodes.get(term.value) ?? nodes.set(term.value, `_${nodes.size + 1}`).get(term.value);
  };
  for (const { subject, predicate, object } of quads) {
    console.log(`${name}:`, [subject, predicate, object].map(show).join(" "));
  }
};
const xml = new RdfXmlParser({ baseIRI: base });
const quads = [];
xml.on("data", (quad) => quads.push(quad));
xml.end(write("application/rdf+xml"));
await new Promise((resolve) => xml.on("end", resolve));
print("RDF/XML", quads.filter(({ predicate }) => !/first|rest|itemList/.test(predicate.value)));
const parse = (text) => new Parser({ baseIRI: base }).parse(text);
print("Turtle", parse(write("text/turtle")));
print("N-Triples", parse(write("application/n-triples")).filter(({ predicate }) => /first|rest|itemList/.test(predicate.value)));
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
RDF/XML: visit type Event
RDF/XML: visit attendee _1
RDF/XML: _2 type attendee
RDF/XML: _1 Role _2
RDF/XML: _2 resource vladimir-putin
RDF/XML: _3 type roleName
RDF/XML: _1 Role _3
Turtle: _1 first ru
Turtle: _1 rest _2
Turtle: _2 first ko
Turtle: _2 rest nil
Turtle: languages itemListElement _1
Turtle: visit type Event
Turtle: _3 type Role
Turtle: _3 attendee vladimir-putin
Turtle: _3 roleName guest
Turtle: visit attendee _3
N-Triples: _1 first ko
N-Triples: _1 rest nill
N-Triples: _2 first ru
N-Triples: _2 rest _1
N-Triples: languages itemListElement _2
TEXT
diff expected seen

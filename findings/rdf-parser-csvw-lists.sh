#!/usr/bin/env bash
# Library: npm rdf-parser-csvw 1.1.0, which makes RDF of CSV by the metadata of CSV on the Web.
# Expected: a column with a `separator` has lists, and each item gives a triple of its own (W3C, Generating RDF from Tabular
#   Data on the Web); or an error for a property that it does not know.
# Seen: the separator is ignored. Two tags become one text with a semicolon in it, without a warning. Types are kept.
# For readers of the timeline: take the triples of a release (timeline.nt); they are not made from its CSV.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund rdf-parser-csvw@1.1.0 rdf-ext@2.6.0 n3@2.13.12 > /dev/null
cat > run.mjs <<'JS'
import { Readable } from "node:stream";
import CsvwParser from "rdf-parser-csvw";
import { Parser } from "n3";
import rdf from "rdf-ext";

const described = `
@prefix csvw: <http://www.w3.org/ns/csvw#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/table> a csvw:Table ;
  csvw:url "events.csv" ;
  csvw:tableSchema [
    csvw:aboutUrl "https://example.org/{id}" ;
    csvw:column (
      [ csvw:name "id" ; csvw:title "id" ; csvw:suppressOutput true ]
      [ csvw:name "day" ; csvw:title "day" ; csvw:datatype xsd:date ; csvw:propertyUrl "https://example.org/#day" ]
      [ csvw:name "tags" ; csvw:title "tags" ; csvw:separator ";" ; csvw:propertyUrl "https://example.org/#tag" ]
    )
  ] .`;
const metadata = rdf.dataset(new Parser().parse(described));
const parser = new CsvwParser({ metadata, baseIRI: "https://example.org/events.csv" });
for await (const quad of parser.import(Readable.from(["id,day,tags\na,1884-07-07,trade;railways\n"]))) {
  if (quad.subject.value === "https://example.org/a") {
    console.log(quad.predicate.value, quad.object.value, quad.object.datatype.value);
  }
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
https://example.org/#day 1884-07-07 http://www.w3.org/2001/XMLSchema#date
https://example.org/#tag trade;railways http://www.w3.org/2001/XMLSchema#string
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: npm shacl-engine 1.1.2 and rdf-validate-shacl 0.6.5, PyPI pyshacl 0.40.1 and pyshifty 0.5.1.
# Expected: `sh:pattern "^[\\p{L} ]+$"` allows names in every script, as regular expressions of SPARQL have `\p{L}` for letters.
#   `sh:lessThanOrEquals` gives one answer about years and months in every engine.
# Seen: both engines in JavaScript refuse Cyrillic and Korean names and "Pak", as for them `\p{L}` is one of p, {, L and }: only
#   "Lp" is valid. pySHACL raises an error, pyshifty does what is expected. For a period from 1948 to 1949, or from a May to the
#   June after it, pyshifty reports a violation, as SPARQL orders no years and months. The others report none. Where the end
#   is before the start, pySHACL raises a TypeError, so that there is no report at all.
# For readers of the timeline: write ranges of letters, such as `[A-Za-zА-яЁё가-힣 -]`, into shapes of your own, and compare
#   the days of `dct:temporal`, not years and months.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyshacl==0.40.1 pyshifty==0.5.1 rdflib==7.6.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund shacl-engine@1.1.2 rdf-validate-shacl@0.6.5 @zazuko/env@3.0.1 n3@1.26.0 2> /dev/null
cat > names.ttl <<'TTL'
@prefix e: <https://example.org/> .
e:Kim e:name "Ким Чен Ын" . e:Kim_ko e:name "김정은" . e:Pak e:name "Pak" . e:Lp e:name "Lp" . e:Two e:name "2" .
TTL
cat > names-shapes.ttl <<'TTL'
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .
e:Shape a sh:NodeShape ; sh:targetSubjectsOf e:name ; sh:property [ sh:path e:name ; sh:pattern "^[\\p{L} ]+$" ] .
TTL
sed 's/\\\\p{L}/A-Za-zА-яЁё가-힣/' names-shapes.ttl > ranges-shapes.ttl
cp names.ttl ranges.ttl
cat > days.ttl <<'TTL'
@prefix e: <https://example.org/> . @prefix x: <http://www.w3.org/2001/XMLSchema#> .
e:right e:start "1948-10-12"^^x:date ; e:end "1948-10-18"^^x:date .
e:wrong e:start "1948-10-18"^^x:date ; e:end "1948-10-12"^^x:date .
TTL
cat > months.ttl <<'TTL'
@prefix e: <https://example.org/> . @prefix x: <http://www.w3.org/2001/XMLSchema#> .
e:year e:start "1948"^^x:gYear ; e:end "1949"^^x:gYear .
e:month e:start "2024-05"^^x:gYearMonth ; e:end "2024-06"^^x:gYearMonth .
TTL
cat > ends.ttl <<'TTL'
@prefix e: <https://example.org/> . @prefix x: <http://www.w3.org/2001/XMLSchema#> .
e:year e:start "1949"^^x:gYear ; e:end "1948"^^x:gYear .
e:month e:start "2024-06"^^x:gYearMonth ; e:end "2024-05"^^x:gYearMonth .
TTL
cat > days-shapes.ttl <<'TTL'
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .
e:Shape a sh:NodeShape ; sh:targetSubjectsOf e:start ; sh:property [ sh:path e:start ; sh:lessThanOrEquals e:end ] .
TTL
cp days-shapes.ttl months-shapes.ttl
cp days-shapes.ttl ends-shapes.ttl
cat > run.py <<'PY'
import sys

import pyshacl
import shifty
from rdflib import SH, Graph

data, shapes = (Graph().parse(f"{sys.argv[1]}{end}") for end in (".ttl", "-shapes.ttl"))


def show(name, validate):
    try:
        report = validate()
    except Exception as error:
        print(f"  {name}: {type(error).__name__}")
    else:
        nodes = sorted(node.split("/")[-1] for node in report.objects(None, SH.focusNode))
        print(f"  {name}: refused", " ".join(nodes) or "none")


show("pyshacl", lambda: pyshacl.validate(data, shacl_graph=shapes)[1])
show("pyshifty", lambda: shifty.validate(data, shapes)[1])
PY
cat > run.mjs <<'JS'
import { readFileSync } from "node:fs";
import env from "@zazuko/env";
import { Parser } from "n3";
import Validator from "rdf-validate-shacl";
import { Validator as Engine } from "shacl-engine";

const read = (end) => env.dataset(new Parser({ factory: env }).parse(readFileSync(process.argv[2] + end, "utf8")));
const [data, shapes] = [read(".ttl"), read("-shapes.ttl")];
const show = (name, report) => {
  const nodes = report.results.map((result) => (result.focusNode.term ?? result.focusNode).value.split("/").pop());
  console.log(`  ${name}: refused ${nodes.sort().join(" ") || "none"}`);
};
show("shacl-engine", await new Engine(shapes, { factory: env }).validate({ dataset: data }));
show("rdf-validate-shacl", await new Validator(shapes, { factory: env }).validate(data));
JS
for name in names ranges days months ends; do
  echo "$name"
  node run.mjs "$name"
  venv/bin/python run.py "$name" 2> /dev/null
done > seen
cat seen
cat > expected <<'TEXT'
names
  shacl-engine: refused Kim Kim_ko Pak Two
  rdf-validate-shacl: refused Kim Kim_ko Pak Two
  pyshacl: error
  pyshifty: refused Two
ranges
  shacl-engine: refused Two
  rdf-validate-shacl: refused Two
  pyshacl: refused Two
  pyshifty: refused Two
days
  shacl-engine: refused wrong
  rdf-validate-shacl: refused wrong
  pyshacl: refused wrong
  pyshifty: refused wrong
months
  shacl-engine: refused none
  rdf-validate-shacl: refused none
  pyshacl: refused none
  pyshifty: refused month year
ends
  shacl-engine: refused month year
  rdf-validate-shacl: refused month year
  pyshacl: TypeError
  pyshifty: refused month year
TEXT
diff expected seen

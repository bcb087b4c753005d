#!/usr/bin/env bash
# Library: npm @bany/curl-to-json 1.2.10, curl-to-json-object 0.0.3, parse-curl 0.2.6.
# Expected: the request that curl sends: a parameter that is given twice is given twice, `%20` is a space, and `-G` puts the data
#   into the address of a GET.
# Seen: in @bany/curl-to-json the last of two equal parameters stays, so that a question about two people becomes one about the
#   second, a space is the character +, and `-G` is ignored: the GET becomes a POST. parse-curl drops what follows
#   `--data-urlencode`. curl-to-json-object puts the data of `-G` into a body, and writes application/json for
#   application/merge-patch+json.
# For readers of the timeline: convert the commands of our pages with curlconverter, or take the requests of `/openapi.json`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @bany/curl-to-json@1.2.10 curl-to-json-object@0.0.3 parse-curl@0.2.6
cat > run.mjs <<'JS'
import bany from "@bany/curl-to-json";
import object from "curl-to-json-object";
import parse from "parse-curl";

const converters = { bany: bany.default ?? bany, object: object.default ?? object, parse };
const address = "http://timeline.example/v1";
const commands = {
  "two people": `curl '${address}/events?participant_all=putin&participant_all=kim-jong-un&q=new%20year'`,
  "a name": `curl -G --data-urlencode 'name=최선희' ${address}/participants/resolve`,
  "an edit": `curl -X PATCH ${address}/places/moscow -H 'Content-Type: application/merge-patch+json' -d '{"note": null}'`,
};
for (const [name, command] of Object.entries(commands)) {
  console.log(`${name}:`);
  for (const [converter, convert] of Object.entries(converters)) {
    console.log("  ", converter, JSON.stringify(convert(command)));
  }
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
two people:
   bany {"url":"http://timeline.example/v1/events","params":{"participant_all":"kim-jong-un","q":"new+year"},"method":"GET"}
   object {"header":{},"method":"GET","url":"http://timeline.example/v1/events?participant_all=putin&participant_all=kim-jong-un&q=new%20year"}
   parse {"method":"GET","header":{},"url":"http://timeline.example/v1/events?participant_all=putin&participant_all=kim-jong-un&q=new%20year"}
a name:
   bany {"url":"http://timeline.example/v1/participants/resolve","data":{"name":"최선희"},"method":"POST"}
   object {"header":{"Content-Type":"application/x-www-form-urlencoded"},"method":"GET","url":"http://timeline.example/v1/participants/resolve","data":"name=최선희"}
   parse {"method":"GET","header":{},"url":"http://timeline.example/v1/participants/resolve"}
an edit:
   bany {"url":"http://timeline.example/v1/places/moscow","data":{"note":null},"header":{"Content-Type":"application/merge-patch+json"},"method":"PATCH"}
   object {"header":{"Content-Type":"application/json"},"method":"PATCH","url":"http://timeline.example/v1/places/moscow","data":{"note":null}}
   parse {"method":"PATCH","header":{"Content-Type":"application/merge-patch+json"},"url":"http://timeline.example/v1/places/moscow","body":"{\"note\": null}"}
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: npm ro-crate 3.7.2, `new ROCrate(json)` and `toJSON`.
# Expected: a name with a language or a date with a type, which JSON-LD writes as objects with `@value`, stays; or becomes
#   a text without them.
# Seen: each of them becomes a reference to an entity, `entity-1` and so on, which the crate does not have. The words and the
#   dates are gone, without a warning, as soon as the crate is read. A plain text stays.
# For readers of the timeline: our JSON-LD has each name in its languages and dates as EDTF. Put plain texts into a crate, one
#   language each, and leave our descriptions as files of it.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund ro-crate@3.7.2
cat > run.cjs <<'JS'
const { ROCrate } = require("ro-crate");

const crate = new ROCrate({
  "@context": "https://w3id.org/ro/crate/1.1/context",
  "@graph": [
    {
      "@id": "ro-crate-metadata.json",
      "@type": "CreativeWork",
      conformsTo: { "@id": "https://w3id.org/ro/crate/1.1" },
      about: { "@id": "./" },
    },
    { "@id": "./", "@type": "Dataset", name: "Timeline", mentions: { "@id": "#talks" } },
    {
      "@id": "#talks",
      "@type": "Event",
      name: [
        { "@language": "en", "@value": "Talks" },
        { "@language": "ko", "@value": "회담" },
      ],
      startDate: { "@type": "http://id.loc.gov/datatypes/edtf/EDTF", "@value": "2024-06~" },
      location: "Pyongyang",
    },
  ],
});
for (const entity of crate.toJSON()["@graph"].slice(1)) {
  console.log(JSON.stringify(entity));
}
console.log("entity-1:", crate.getEntity("entity-1"));
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
{"@id":"./","@type":"Dataset","name":"Timeline","mentions":{"@id":"#talks"}}
{"@id":"#talks","@type":"Event","name":[{"@id":"entity-1"},{"@id":"entity-2"}],"startDate":{"@id":"entity-3"},"location":"Pyongyang"}
entity-1: undefined
TEXT
diff expected seen

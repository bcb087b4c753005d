#!/usr/bin/env bash
# Library: npm another-name-parser 0.1.0 and humanname 0.2.2, which divide a name into its parts.
# Expected: Korean names begin with the surname, so parsers of English names take it for a given name. But each word of a
#   name is still a part of the name, and the words keep their order.
# Seen: another-name-parser takes words for titles and ranks wherever they stand. The initials `V.` and `I.` are the fifth
#   and the first of their name: V. V. Putin has the given name Putin, no family name, and the suffix `V. V.`. `Hon` in Pak
#   Hon Yong and `An` are titles. humanname takes a word of one letter for an initial, and puts it behind the given name: O
#   Jin U becomes Jin O U.
# For readers of the timeline: each does so with 6 of our 348 people. Match names by `/v1/participants/resolve`, which knows
#   all of them as they are.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund another-name-parser@0.1.0 humanname@0.2.2
cat > run.cjs <<'JS'
const another = require("another-name-parser");
const human = require("humanname");

for (const name of ["Vladimir Putin", "V. V. Putin", "I. F. Kurdyukov", "Pak Hon Yong", "An Tong Chun", "O Jin U"]) {
  const { prefix, first, middle, last, suffix } = another(name);
  console.log("another-name-parser:", name, JSON.stringify({ prefix, first, middle, last, suffix }));
  const { firstName, initials, lastName } = human.parse(name);
  console.log("humanname:", name, JSON.stringify({ firstName, initials, lastName }));
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
another-name-parser: Vladimir Putin {"prefix":null,"first":"Vladimir","middle":null,"last":"Putin","suffix":null}
humanname: Vladimir Putin {"firstName":"Vladimir","initials":"","lastName":"Putin"}
another-name-parser: V. V. Putin {"prefix":null,"first":"Putin","middle":null,"last":null,"suffix":"V. V."}
humanname: V. V. Putin {"firstName":"V.","initials":"V.","lastName":"Putin"}
another-name-parser: I. F. Kurdyukov {"prefix":null,"first":"F.","middle":null,"last":"Kurdyukov","suffix":"I."}
humanname: I. F. Kurdyukov {"firstName":"I.","initials":"F.","lastName":"Kurdyukov"}
another-name-parser: Pak Hon Yong {"prefix":"Hon","first":"Pak","middle":null,"last":"Yong","suffix":null}
humanname: Pak Hon Yong {"firstName":"Pak Hon","initials":"","lastName":"Yong"}
another-name-parser: An Tong Chun {"prefix":"An","first":"Tong","middle":null,"last":"Chun","suffix":null}
humanname: An Tong Chun {"firstName":"An Tong","initials":"","lastName":"Chun"}
another-name-parser: O Jin U {"prefix":null,"first":"O","middle":"Jin","last":"U","suffix":null}
humanname: O Jin U {"firstName":"Jin","initials":"O","lastName":"U"}
TEXT
diff expected seen

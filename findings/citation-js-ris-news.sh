#!/usr/bin/env bash
# Libraries: npm @citation-js/plugin-ris 0.8.2 with @citation-js/core 0.8.2.
# Expected: `DA` gives `issued` of every type of reference to the day, and CSL-JSON that comes out is valid: `note` and
#   `URL` are texts.
# Seen: of `NEWS`, the type of an article of an agency, the date has the year of `PY` only, and without `PY` there is none.
#   `ELEC` keeps the day. A second `N1` or `UR` makes the note or the address a list, which CSL-JSON does not allow.
# For readers of the timeline: give citation-js `.csl.json`. Our RIS repeats no tag in a record.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2
cat > run.cjs <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-ris");

function read(type, ...lines) {
  const text = ["TY  - " + type, "ID  - a", "TI  - 로동신문, 30 December 2025", ...lines, "ER  - ", ""].join("\n");
  const [item] = new Cite(text).data;
  return JSON.stringify({ issued: item.issued?.["date-parts"], note: item.note, URL: item.URL });
}

for (const type of ["NEWS", "ELEC"]) {
  console.log(type, "PY and DA:", read(type, "PY  - 2025", "DA  - 2025/12/30/"));
  console.log(type, "DA alone:", read(type, "DA  - 2025/12/30/"));
}
console.log("one note:", read("ELEC", "N1  - Date. Sources", "UR  - http://press.example/1"));
console.log("two notes:", read("ELEC", "N1  - Date", "N1  - Sources"));
console.log("two addresses:", read("ELEC", "UR  - http://press.example/1", "UR  - http://archive.example/1"));
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
NEWS PY and DA: {"issued":[[2025]]}
NEWS DA alone: {}
ELEC PY and DA: {"issued":[[2025,12,30]]}
ELEC DA alone: {"issued":[[2025,12,30]]}
one note: {"note":"Date. Sources","URL":"http://press.example/1"}
two notes: {"note":["Date","Sources"]}
two addresses: {"URL":["http://press.example/1","http://archive.example/1"]}
TEXT
diff expected seen

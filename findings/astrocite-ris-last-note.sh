#!/usr/bin/env bash
# Library: npm astrocite-ris 0.16.4, `parse`.
# Expected: all notes and addresses of a record are kept, and `date-parts` has the parts that are known, as CSL-JSON wants.
# Seen: of several `N1` or `UR` only the last is kept, so the address of an archived copy replaces that of the article.
#   `PY` and `DA` replace one another too: with `PY` after `DA` the day is lost. A date known to the month gets an empty text
#   as its third part.
# For readers of the timeline: our RIS repeats no tag in a record, and has `PY` before `DA`. Skip empty parts of a date, or
#   take `.csl.json`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund astrocite-ris@0.16.4
cat > run.cjs <<'JS'
const { parse } = require("astrocite-ris");

function read(...lines) {
  const text = ["TY  - ELEC", "ID  - a", "TI  - Сообщение ТАСС", ...lines, "ER  - ", ""].join("\n");
  const [item] = parse(text);
  return JSON.stringify({ issued: item.issued?.["date-parts"], note: item.note, URL: item.URL });
}

console.log("notes:", read("N1  - Date of the event: about November 2026", "N1  - Sources: tass-1"));
console.log("addresses:", read("UR  - http://press.example/1", "UR  - http://archive.example/1"));
console.log("PY, DA:", read("PY  - 2025", "DA  - 2025/12/30/"));
console.log("DA, PY:", read("DA  - 2025/12/30/", "PY  - 2025"));
console.log("month:", read("PY  - 2025", "DA  - 2025/12//"));
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
notes: {"note":"Sources: tass-1"}
addresses: {"URL":"http://archive.example/1"}
PY, DA: {"issued":[["2025","12","30"]]}
DA, PY: {"issued":[["2025"]]}
month: {"issued":[["2025","12",""]]}
TEXT
diff expected seen

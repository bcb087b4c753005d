#!/usr/bin/env bash
# Library: npm @scalar/json-diff 0.0.4, `diff` and `apply`.
# Expected: `apply` of the difference between two documents to the first one gives the second one.
# Seen: items that are removed from a list are removed one after another by the positions that they had in the whole list, so
#   only every other one goes: of four participants without the last two, three are left. An empty list that becomes an
#   empty object is no difference. npm rfc6902 5.2.0 gives the second document.
# For readers of the timeline: take a JSON Patch (RFC 6902) from `/v1/events/{event_id}/diff`, or make one with rfc6902.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @scalar/json-diff@0.0.4 rfc6902@5.2.0
cat > run.mjs <<'JS'
import { apply, diff } from "@scalar/json-diff";
import { applyPatch, createPatch } from "rfc6902";

const cases = [
  [{ participants: ["vladimir-putin", "kim-jong-un", "sergey-lavrov", "choe-son-hui"] }, { participants: ["vladimir-putin", "kim-jong-un"] }],
  [{ participants: ["vladimir-putin", "kim-jong-un", "choe-son-hui"] }, { participants: ["vladimir-putin"] }],
  [{ note: [] }, { note: {} }],
];
for (const [before, after] of cases) {
  console.log("wanted:", JSON.stringify(after));
  console.log("json-diff:", JSON.stringify(apply(structuredClone(before), diff(before, after))));
  const document = structuredClone(before);
  applyPatch(document, createPatch(before, after));
  console.log("rfc6902:", JSON.stringify(document));
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
wanted: {"participants":["vladimir-putin","kim-jong-un"]}
json-diff: {"participants":["vladimir-putin","kim-jong-un","choe-son-hui"]}
rfc6902: {"participants":["vladimir-putin","kim-jong-un"]}
wanted: {"participants":["vladimir-putin"]}
json-diff: {"participants":["vladimir-putin","choe-son-hui"]}
rfc6902: {"participants":["vladimir-putin"]}
wanted: {"note":{}}
json-diff: {"note":[]}
rfc6902: {"note":{}}
TEXT
diff expected seen

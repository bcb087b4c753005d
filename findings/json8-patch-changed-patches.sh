#!/usr/bin/env bash
# Library: npm json8-patch 1.0.6, `apply`.
# Expected: a patch can be applied again to another copy of the same document: "JSON8 Patch never mutates patches", says
#   the README. `copy` makes a copy (RFC 6902, section 4.5).
# Seen: the document shares the value of an `add` with the patch, so the next patch changes the one before: the patch from
#   revision 1 to 2, applied again, gives what revision 3 has. After `copy` an edit of the copy edits the original too.
#   npm jsonpatch and jiff do neither.
# For readers of the timeline: give it a clone of each patch of `/v1/events/{event_id}/diff`, which have no `copy`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund json8-patch@1.0.6 jsonpatch@3.1.0 jiff@0.7.3
cat > run.cjs <<'JS'
const json8 = require("json8-patch");
const jsonpatch = require("jsonpatch");
const jiff = require("jiff");

const appliers = {
  "json8-patch": (document, patch) => json8.apply(document, patch).doc,
  jsonpatch: (document, patch) => jsonpatch.apply_patch(document, patch),
  jiff: (document, patch) => jiff.patch(patch, document),
};
const first = () => ({ participants: [{ id: "a", role: "host" }] });
const roles = (document) => document.participants.map(({ role }) => role).join(" ");

for (const [name, apply] of Object.entries(appliers)) {
  const toSecond = [{ op: "add", path: "/participants/-", value: { id: "b", role: "guest" } }];
  const toThird = [{ op: "replace", path: "/participants/1/role", value: "mediator" }];
  apply(apply(first(), toSecond), toThird);
  console.log(`${name}, revision 2 again:`, roles(apply(first(), toSecond)));
  const copied = [
    { op: "copy", from: "/participants/0", path: "/participants/-" },
    { op: "replace", path: "/participants/1/role", value: "guest" },
  ];
  console.log(`${name}, copied and edited:`, roles(apply(first(), copied)));
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
json8-patch, revision 2 again: host mediator
json8-patch, copied and edited: guest guest
jsonpatch, revision 2 again: host guest
jsonpatch, copied and edited: host guest
jiff, revision 2 again: host guest
jiff, copied and edited: host guest
TEXT
diff expected seen

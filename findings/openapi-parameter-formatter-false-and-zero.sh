#!/usr/bin/env bash
# Library: npm @himenon/openapi-parameter-formatter 2.1.0.
# Expected: the boolean false and the number 0 are written as true and 1 are, `n=false` and `n=0`, and a list in a path has each of
#   its items.
# Seen: in a query false and 0 alone become an empty text, `n=`, though lists and objects keep them. In a path 0 alone is
#   undefined, and a list loses each 0: `[0,1]` is `1`.
# For readers of the timeline: it refuses an empty `top` or `limit`. Give the library the texts "false" and "0".
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @himenon/openapi-parameter-formatter@2.1.0
cat > run.cjs <<'JS'
const { PathParameter, QueryParameter } = require("@himenon/openapi-parameter-formatter");

for (const value of [true, false, 1, 0, "false", "0", [true, false], { a: false, b: 0 }]) {
  console.log("query", JSON.stringify(value), QueryParameter.generate("n", { value, style: "form", explode: true }));
}
for (const value of [1, 0, "0", [1, 0], [0, 1]]) {
  console.log("path", JSON.stringify(value), PathParameter.generate("n", { value, style: "simple", explode: false }));
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
query true n=true
query false n=
query 1 n=1
query 0 n=
query "false" n=false
query "0" n=0
query [true,false] n=true&n=false
query {"a":false,"b":0} a=false&b=0
path 1 1
path 0 undefined
path "0" 0
path [1,0] 1
path [0,1] 1
TEXT
diff expected seen

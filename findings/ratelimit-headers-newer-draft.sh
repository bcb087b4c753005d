#!/usr/bin/env bash
# Library: npm ratelimit-header-parser 0.1.0, PyPI ratelimit-headers 0.1.0; PyPI retryheader 1.0.0 reads it.
# Expected: `RateLimit: "default";r=99;t=58` and `RateLimit-Policy: "default";q=100;w=60`, the form of the newer
#   drafts of the IETF, are read: 99 of 100 are left for 58 seconds.
# Seen: both recognise the header, and every value is NaN or None, without an error, also with r=0, so a client that waits once
#   nothing is left never waits. The older form `limit=100, remaining=99, reset=58` is read by the one in JavaScript and not by
#   the other.
# For readers of the timeline: our headers have the newer form. Read them with retryheader, or wait for Retry-After of a 429.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund ratelimit-header-parser@0.1.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ratelimit-headers==0.1.0 retryheader==1.0.0 2> /dev/null
cat > headers.json <<'JSON'
[
  {"ratelimit-policy": "\"default\";q=100;w=60", "ratelimit": "\"default\";r=99;t=58"},
  {"ratelimit-policy": "\"default\";q=100;w=60", "ratelimit": "\"default\";r=0;t=58"},
  {"ratelimit-policy": "100;w=60", "ratelimit": "limit=100, remaining=99, reset=58"}
]
JSON
cat > run.cjs <<'JS'
const { parseRateLimit } = require("ratelimit-header-parser");

for (const headers of require("./headers.json")) {
  const { limit, remaining } = parseRateLimit(headers);
  console.log("npm", headers.ratelimit, "->", limit, remaining);
}
JS
cat > run.py <<'PY'
import json

from ratelimit_headers import parse
from retryheader import parse_ratelimit

for headers in json.load(open("headers.json")):
    state = parse(headers)
    print("PyPI", headers["ratelimit"], "->", state.source, state.limit, state.remaining)
    if "r=" in headers["ratelimit"]:
        print("retryheader ->", parse_ratelimit(headers["ratelimit"])[0].remaining)
PY
{ node run.cjs; venv/bin/python run.py; } > seen
cat seen
cat > expected <<'TEXT'
npm "default";r=99;t=58 -> NaN NaN
npm "default";r=0;t=58 -> NaN NaN
npm limit=100, remaining=99, reset=58 -> 100 99
PyPI "default";r=99;t=58 -> ietf None None
retryheader -> 99
PyPI "default";r=0;t=58 -> ietf None None
retryheader -> 0
PyPI limit=100, remaining=99, reset=58 -> ietf None None
TEXT
diff expected seen

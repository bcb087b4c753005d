#!/usr/bin/env bash
# Library: PyPI curlipie 0.9.0, `curl_to_httpie`, and HTTPie 3.2.4, which shows with `--offline` what it would send.
# Expected: HTTPie sends the request that curl sends.
# Seen: null in the body becomes an empty text, so a merge patch that removes a note writes an empty one. The quotation marks of the
#   tag in If-Match are gone. A merge patch becomes a form, with JSON in its fields, which HTTPie refuses; as application/json
#   it stays JSON. With `-G` the address is gone, and HTTPie takes the parameter for it. Repeated parameters are kept.
# For readers of the timeline: write `note:=null`, `'If-Match:"…"'` and `name==…` in HTTPie yourself.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check curlipie==0.9.0 httpie==3.2.4 2> /dev/null
cat > run.py <<'PY'
import shlex
import subprocess

from curlipie import curl_to_httpie

API = "http://timeline.example/v1"
EDIT = f"curl -X PATCH {API}/places/moscow -H 'If-Match: \"4d0f66\"' -H 'Content-Type: application/%s' -d '%s'"
COMMANDS = (
    f"curl '{API}/events?participant_all=putin&participant_all=kim-jong-un'",
    EDIT % ("json", '{"note": null}'),
    EDIT % ("merge-patch+json", '{"names": {"ko": "모스크바"}}'),
    f"curl -G --data-urlencode 'name=최선희' {API}/participants/resolve",
)
for command in COMMANDS:
    written = curl_to_httpie(command).httpie
    print(written)
    program, *arguments = shlex.split(written)
    offline = ["venv/bin/http", "--offline", "--ignore-stdin", "--print=HB", *arguments]
    done = subprocess.run(offline, capture_output=True, text=True)
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines()]
    shown = [line for line in lines if line.startswith(("GET", "POST", "PATCH", "If-Match", "{", "Cannot"))]
    print("   ", done.returncode, shown)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
http timeline.example/v1/events participant_all==putin participant_all==kim-jong-un
    0 ['GET /v1/events?participant_all=putin&participant_all=kim-jong-un HTTP/1.1']
http PATCH timeline.example/v1/places/moscow If-Match:4d0f66 note=''
    0 ['PATCH /v1/places/moscow HTTP/1.1', 'If-Match: 4d0f66', '{"note": ""}']
http -f PATCH timeline.example/v1/places/moscow If-Match:4d0f66 Content-Type:application/merge-patch+json names:='{"ko":"모스크바"}'
    1 ['Cannot use complex JSON value types with --form/--multipart.']
http name=%EC%B5%9C%EC%84%A0%ED%9D%AC
    0 ['GET / HTTP/1.1']
TEXT
diff expected seen

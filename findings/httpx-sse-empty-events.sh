#!/usr/bin/env bash
# Library: PyPI httpx-sse 0.4.3, `EventSource.iter_sse`.
# Expected: a block without a data line is no event, as the HTML standard says of server-sent events (9.2.6): if the data
#   buffer is empty, nothing is dispatched. sseclient-py 1.9.0 reads the same bytes so.
# Seen: a block with only `retry` is an event with empty data. After the first id, so is each comment that an empty line
#   ends, with the id of the event before it.
# For readers of the timeline: a heartbeat looks like a change. Skip events without data. Our stream ends its comments
#   without an empty line for this reason.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check httpx-sse==0.4.3 httpx==0.28.1 sseclient-py==1.9.0
cat > run.py <<'PY'
import httpx
import sseclient
from httpx_sse import EventSource

stream = b"""retry: 3000

event: change
id: 7
data: first

: still here

event: change
id: 8
data: second

: still here

"""
answer = httpx.Response(200, headers={"Content-Type": "text/event-stream"}, content=stream)
for event in EventSource(answer).iter_sse():
    print("httpx-sse", event.event, repr(event.id), repr(event.data))
for event in sseclient.SSEClient(iter([stream])).events():
    print("sseclient", event.event, repr(event.id), repr(event.data))
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
httpx-sse message '' ''
httpx-sse change '7' 'first'
httpx-sse message '7' ''
httpx-sse change '8' 'second'
httpx-sse message '8' ''
sseclient change '7' 'first'
sseclient change '8' 'second'
TEXT
diff expected seen

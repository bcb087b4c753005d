#!/usr/bin/env bash
# Library: PyPI har2warc 1.0.4, with warcio 1.8.1, which reads the archive.
# Expected: the WARC-Date of a record is the instant of the request in UTC, and the request in it is the request that was sent.
# Seen: the offset of `startedDateTime` is cut off, so a page that was fetched at 10:15 in Pyongyang or Vladivostok was archived
#   hours later, at 10:15 UTC. Each request loses its query, `GET /v1/events HTTP/1.1`, while WARC-Target-URI has it. With Z
#   the instant is right. A HAR without `pages`, which are optional, is a KeyError.
# For readers of the timeline: for an archived copy of a page or an answer, let the program that wrote the HAR use UTC, and
#   take the address of a record from WARC-Target-URI.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check har2warc==1.0.4 warcio==1.8.1 2> /dev/null
cat > run.py <<'PY'
import json

from har2warc.har2warc import har2warc
from warcio.archiveiterator import ArchiveIterator


def entry(started, url):
    request = {"method": "GET", "url": url, "httpVersion": "HTTP/1.1", "headers": [], "cookies": [], "queryString": []}
    content = {"size": 2, "mimeType": "application/json", "text": "{}"}
    response = {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "headers": [], "cookies": []}
    sizes = {"headersSize": -1, "bodySize": -1}
    return {
        "startedDateTime": started,
        "time": 1,
        "request": request | sizes,
        "response": response | sizes | {"content": content, "redirectURL": ""},
        "cache": {},
        "timings": {"send": 0, "wait": 1, "receive": 0},
    }


log = {
    "version": "1.2",
    "creator": {"name": "recorder", "version": "1"},
    "pages": [],
    "entries": [
        entry("2026-12-01T10:15:30.000+09:00", "http://timeline.example/v1/events?date=2024-06&limit=2"),
        entry("2026-12-01T01:15:30.000Z", "http://timeline.example/v1/places"),
    ],
}
with open("in.har", "w") as file:
    json.dump({"log": log}, file)
har2warc("in.har", "out.warc", gzip=False)
with open("out.warc", "rb") as file:
    for record in ArchiveIterator(file):
        if record.rec_type == "request":
            headers = record.rec_headers
            print(headers.get_header("WARC-Date"), headers.get_header("WARC-Target-URI"))
            print("   ", record.http_headers.protocol, record.http_headers.statusline)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
2026-12-01T10:15:30Z http://timeline.example/v1/events?date=2024-06&limit=2
    GET /v1/events HTTP/1.1
2026-12-01T01:15:30Z http://timeline.example/v1/places
    GET /v1/places HTTP/1.1
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: PyPI feedparser-rs 0.7.1, `parse`.
# Expected: an absolute link of a feed is returned as it is: it needs no base, and nothing is fetched.
# Seen: a link to localhost, to a private address or to a name in `.local` is an empty text in Atom, and in the items of
#   RSS. The link of the channel of RSS and all links of JSON Feed remain. Nothing is reported: `bozo` is False.
# For readers of the timeline: read the feed of a server in your own network as `.jsonfeed`, or under a public name.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet feedparser-rs==0.7.1
cat > run.py <<'PY'
import json

import feedparser_rs

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:example:feed</id><updated>2024-06-20T00:00:00Z</updated>
<link href="{0}" rel="alternate"/><entry><title>Talks</title><id>urn:example:1</id><updated>2024-06-20T00:00:00Z</updated>
<link href="{0}1" rel="alternate"/></entry></feed>"""
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>T</title><link>{0}</link><description>D</description>
<item><title>Talks</title><link>{0}1</link></item></channel></rss>"""


def json_feed(address):
    item = {"id": "1", "url": f"{address}1", "content_text": "Talks"}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": address, "items": [item]})


for host in ("timeline.example", "timeline", "timeline.local", "localhost:8000", "127.0.0.1:8000", "10.0.0.5", "192.168.1.5"):
    address = f"http://{host}/"
    print(f"{host}:")
    for name, text in [("Atom", ATOM.format(address)), ("RSS", RSS.format(address)), ("JSON Feed", json_feed(address))]:
        feed = feedparser_rs.parse(text)
        print(f"  {name}: {feed.feed.link or 'nothing'} {feed.entries[0].link or 'nothing'} {feed.bozo}")
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
timeline.example:
  Atom: http://timeline.example/ http://timeline.example/1 False
  RSS: http://timeline.example/ http://timeline.example/1 False
  JSON Feed: http://timeline.example/ http://timeline.example/1 False
timeline:
  Atom: http://timeline/ http://timeline/1 False
  RSS: http://timeline/ http://timeline/1 False
  JSON Feed: http://timeline/ http://timeline/1 False
timeline.local:
  Atom: nothing nothing False
  RSS: http://timeline.local/ nothing False
  JSON Feed: http://timeline.local/ http://timeline.local/1 False
localhost:8000:
  Atom: nothing nothing False
  RSS: http://localhost:8000/ nothing False
  JSON Feed: http://localhost:8000/ http://localhost:8000/1 False
127.0.0.1:8000:
  Atom: nothing nothing False
  RSS: http://127.0.0.1:8000/ nothing False
  JSON Feed: http://127.0.0.1:8000/ http://127.0.0.1:8000/1 False
10.0.0.5:
  Atom: nothing nothing False
  RSS: http://10.0.0.5/ nothing False
  JSON Feed: http://10.0.0.5/ http://10.0.0.5/1 False
192.168.1.5:
  Atom: nothing nothing False
  RSS: http://192.168.1.5/ nothing False
  JSON Feed: http://192.168.1.5/ http://192.168.1.5/1 False
TEXT
diff expected seen

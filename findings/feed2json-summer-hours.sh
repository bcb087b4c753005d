#!/usr/bin/env bash
# Library: PyPI feed2json 2025.7.15 (with feedparser 6.0.14), `feed2json`.
# Expected: instants of an Atom feed are the same in the JSON Feed, wherever the program runs, and what an entry does not have
#   is left out or null.
# Seen: where clocks have summer time, each instant of summer is an hour later, still with a Z: 10:15:30 is 11:15:30 in Paris,
#   and 10:15:30 in Moscow, Pyongyang and UTC. Each item without an enclosure has one attachment, a text: five lines of the
#   library's own comments. `authors` is [null] for each item, also if the feed names its author. The address of the feed
#   is that of its page, and that of its page is the id of the feed.
# For readers of the timeline: take `.jsonfeed`, which needs no converter. For other feeds set TZ=UTC, and remove
#   `attachments` and `authors`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check feed2json==2025.7.15 feedparser==6.0.14
cat > feed.atom <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Timeline</title>
<id>urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6</id><updated>2024-12-04T10:15:30Z</updated>
<author><name>Timeline</name></author>
<link rel="self" href="http://timeline.example/events.atom"/><link href="http://timeline.example/"/>
<entry><title>Signature of the treaty</title><id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id>
<link href="http://timeline.example/events/1"/>
<published>2024-06-19T10:15:30Z</published><updated>2024-12-04T10:15:30Z</updated>
<content type="html">&lt;p&gt;Pyongyang&lt;/p&gt;</content></entry></feed>
XML
cat > run.py <<'PY'
import os
import time

from feed2json import feed2json

for zone in ("UTC", "Asia/Pyongyang", "Europe/Moscow", "Europe/Paris"):
    os.environ["TZ"] = zone
    time.tzset()
    feed = feed2json("feed.atom")
    item = feed["items"][0]
    print(zone, item["date_published"], item["date_modified"])
print(item["authors"], len(item["attachments"]), type(item["attachments"][0]).__name__, item["attachments"][0].split())
print(feed["feed_url"], feed["home_page_url"])
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
UTC 2024-06-19T10:15:30Z 2024-12-04T10:15:30Z
Asia/Pyongyang 2024-06-19T10:15:30Z 2024-12-04T10:15:30Z
Europe/Moscow 2024-06-19T10:15:30Z 2024-12-04T10:15:30Z
Europe/Paris 2024-06-19T11:15:30Z 2024-12-04T10:15:30Z
[None] 1 str ['{"url":', 'string,', "'mime_type':", 'string,', "'title':", 'strinrg,', "'size_in_bytes':", 'int,', "'duration_in_seconds':", 'int']
http://timeline.example/ urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6
TEXT
diff expected seen

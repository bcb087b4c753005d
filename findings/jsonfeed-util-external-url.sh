#!/usr/bin/env bash
# Library: PyPI jsonfeed-util 1.2.0, `Feed.parse_string` and `to_json`.
# Expected: a feed that is read and written again is the same feed.
# Seen: the item that is read has its `external_url`, but the address that is written under this name is `url`. `language` of
#   the feed and of its items is not written.
# For readers of the timeline: `external_url` in `.jsonfeed` leads to the first source, so a copy cites the timeline as the
#   source of itself. Keep the JSON of the feed, or set the member after `to_json`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jsonfeed-util==1.2.0
cat > run.py <<'PY'
import json

from jsonfeed import Feed

ITEM = {
    "id": "1",
    "url": "http://timeline.example/ko/events/1",
    "external_url": "https://tass.ru/politika/25514163",
    "title": "의정서 서명",
    "language": "ko",
}
FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "연표", "language": "ko", "items": [ITEM]}
feed = Feed.parse_string(json.dumps(FEED))
print("read", feed.items[0].url, feed.items[0].external_url)
copy = json.loads(feed.to_json())
print("written", json.dumps(copy, ensure_ascii=False))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
read http://timeline.example/ko/events/1 https://tass.ru/politika/25514163
written {"version": "https://jsonfeed.org/version/1.1", "title": "연표", "expired": false, "items": [{"id": "1", "url": "http://timeline.example/ko/events/1", "external_url": "http://timeline.example/ko/events/1", "title": "의정서 서명"}]}
TEXT
diff expected seen

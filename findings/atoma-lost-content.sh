#!/usr/bin/env bash
# Library: PyPI atoma 0.0.17.
# Expected: each text of an Atom entry has the language of its `xml:lang` (RFC 4287, 2.), which the library has a field
# for, and content of type xhtml is text or markup.
# Seen: the language is always None, and content of type xhtml is None, so that an entry of it looks empty. HTML is read.
# For readers of the timeline: our feeds have HTML; ask for one feed a language, which the address of the feed names.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet atoma==0.0.17
cat > run.py <<'PY'
import atoma

FEED = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko"><id>urn:x</id><title xml:lang="ko">시간표</title>
<updated>2026-01-01T00:00:00Z</updated><entry><id>urn:x:1</id><title xml:lang="ru">Переговоры</title>
<updated>2026-01-01T00:00:00Z</updated><content type="{}">{}</content></entry></feed>"""
XHTML = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Talks</p></div>'

for kind, content in (("html", "&lt;p&gt;Talks&lt;/p&gt;"), ("xhtml", XHTML)):
    feed = atoma.parse_atom_bytes(FEED.format(kind, content).encode())
    (entry,) = feed.entries
    print(feed.title.lang, entry.title.lang, kind, entry.content and entry.content.value)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
None None html <p>Talks</p>
None None xhtml None
TEXT
diff expected seen

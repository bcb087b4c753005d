#!/usr/bin/env bash
# Library: PyPI pycsvw 1.0.2 (with python-dateutil 2.9.0), `CSVW(...).to_rdf("nt")`.
# Expected: a date is read by the format of its column, as CSVW defines it ("dd.MM.yyyy"), or the cell is an error.
# Seen: the format is not read. A day up to the 12th is taken for the month: 05.04.2024 is 4 May 2024 as an xsd:date. Other days
#   cannot be months and come out right, so most dates of a column look right. Without an `aboutUrl` the blank node of a row
#   is an IRI, `<_:…>`, and predicates are relative ones, which N-Triples do not allow.
# For readers of the timeline: the tables of a release have ISO dates, which stay, and no `aboutUrl`. Take `timeline.nt` of the
#   release; convert your own tables with PyPI csvw.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pycsvw==1.0.2 rdflib==7.6.0 python-dateutil==2.9.0.post0 2> /dev/null
cat > events.csv <<'CSV'
id,date,iso
2024-04-05-visit,05.04.2024,2024-04-05
2024-06-18-visit,18.06.2024,2024-06-18
2024-11-04-meeting,04.11.2024,2024-11-04
CSV
cat > events.csv-metadata.json <<'JSON'
{
  "@context": "http://www.w3.org/ns/csvw",
  "url": "events.csv",
  "tableSchema": {
    "aboutUrl": "http://timeline.example/{id}",
    "columns": [
      {"name": "id", "titles": "id", "suppressOutput": true},
      {"name": "date", "titles": "date", "datatype": {"base": "date", "format": "dd.MM.yyyy"}},
      {"name": "iso", "titles": "iso", "datatype": "date"}
    ]
  }
}
JSON
cat > run.py <<'PY'
import io
import re
import urllib.request
import urllib.response
from email.message import Message

from pycsvw import CSVW


class Context(urllib.request.HTTPHandler):
    """Answers the address of the context of CSVW, so that nothing is fetched."""

    def http_open(self, request):
        headers = Message()
        headers["Content-Type"] = "application/ld+json"
        answer = urllib.response.addinfourl(io.BytesIO(b'{"@context": {}}'), headers, request.full_url, 200)
        answer.msg = "OK"
        return answer


urllib.request.install_opener(urllib.request.build_opener(Context))
metadata = open("events.csv-metadata.json").read()
for text in (metadata, re.sub('"aboutUrl": .*', "", metadata)):
    triples = CSVW(csv_path="events.csv", metadata_handle=io.StringIO(text)).to_rdf("nt")
    print(re.sub("_:[0-9A-F]{32}", "_:…", triples).strip())
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
<http://timeline.example/2024-04-05-visit> <events.csv#date> "2024-05-04"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://timeline.example/2024-04-05-visit> <events.csv#iso> "2024-04-05"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://timeline.example/2024-06-18-visit> <events.csv#date> "2024-06-18"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://timeline.example/2024-06-18-visit> <events.csv#iso> "2024-06-18"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://timeline.example/2024-11-04-meeting> <events.csv#date> "2024-04-11"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://timeline.example/2024-11-04-meeting> <events.csv#iso> "2024-11-04"^^<http://www.w3.org/2001/XMLSchema#date> .
<_:…> <events.csv#date> "2024-05-04"^^<http://www.w3.org/2001/XMLSchema#date> .
<_:…> <events.csv#iso> "2024-04-05"^^<http://www.w3.org/2001/XMLSchema#date> .
<_:…> <events.csv#date> "2024-06-18"^^<http://www.w3.org/2001/XMLSchema#date> .
<_:…> <events.csv#iso> "2024-06-18"^^<http://www.w3.org/2001/XMLSchema#date> .
<_:…> <events.csv#date> "2024-04-11"^^<http://www.w3.org/2001/XMLSchema#date> .
<_:…> <events.csv#iso> "2024-11-04"^^<http://www.w3.org/2001/XMLSchema#date> .
TEXT
diff expected seen

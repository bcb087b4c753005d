#!/usr/bin/env bash
# Library: PyPI dplib-py 1.1.0, `DcatPackage.from_dp` and `to_dp`.
# Expected: a valid Data Package becomes DCAT with its licence and its resources' names, also without an `id`.
# Seen: without `id` (which the standard does not require) it is an error. With one, the DCAT has no licence, and
#   the names of the resources are lost: back again they are called after their files, so `events.csv` and
#   `events.ndjson` are both `events`, which the standard forbids.
# For readers of the timeline: `/v1/datapackage.json` has no `id`. Take `/v1/dataset.jsonld`, which is DCAT already.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet dplib-py==1.1.0 rdflib==7.6.0
cat > run.py <<'PY'
import warnings
warnings.simplefilter("ignore")
from dplib.error import Error
from dplib.models import Package
from dplib.plugins.dcat.models import DcatPackage

url = "http://timeline.example/"
package = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "timeline", "title": "A timeline",
    "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
    "resources": [
        {"name": "table", "path": url + "events.csv", "format": "csv", "mediatype": "text/csv"},
        {"name": "documents", "path": url + "events.ndjson", "format": "ndjson", "mediatype": "application/x-ndjson"},
    ],
}
try:
    DcatPackage.from_dp(Package.from_dict(package)).to_text(format="ttl")
except Error as error:
    print("without id:", str(error).partition(":")[0])
dcat = DcatPackage.from_dp(Package.from_dict({**package, "id": url + "datapackage.json"}))
print("licence in DCAT:", "creativecommons" in dcat.to_text(format="ttl"))
print("names:", sorted(resource.name for resource in dcat.to_dp().resources))
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
without id: Cannot dump DCAT package without identifier
licence in DCAT: False
names: ['events', 'events']
TEXT
diff expected seen

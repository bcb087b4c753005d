#!/usr/bin/env bash
# Library: PyPI rfc-9727-pure 0.1.0 (module rfc9727), `parse_api_catalog`, `resolve_api_endpoints` and `validate_linkset`.
# Expected: the links of a catalog are read. In a linkset (RFC 9264, section 4.2) the name of a member is the relation of its
#   links, and the examples of RFC 9727 have only `href` and other attributes in a link.
# Seen: a link counts only if it has a member `rel` besides. A catalog such as those of the RFC has no items and no addresses,
#   without an error; it has them once each link names its relation twice. The relations status and service-meta are never read.
# For readers of the timeline: read `/.well-known/api-catalog` as JSON; each address is `href` in the list that its relation names.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check rfc-9727-pure==0.1.0 2> /dev/null
cat > run.py <<'PY'
import json

from rfc9727 import parse_api_catalog, resolve_api_endpoints, validate_linkset

PROFILE = "https://www.rfc-editor.org/info/rfc9727"
API = "http://timeline.example/"


def catalog(twice):
    def link(relation, path):
        more = {"rel": relation, "profile": PROFILE} if twice else {}
        return {"href": API + path, "type": "application/json", **more}

    return json.dumps({
        "linkset": [
            {"anchor": API + ".well-known/api-catalog", "item": [link("item", "v1")]},
            {
                "anchor": API + "v1",
                "service-desc": [link("service-desc", "openapi.json")],
                "status": [link("status", "readyz")],
            },
        ]
    })


for twice in (False, True):
    read = parse_api_catalog(catalog(twice))
    print("relation twice" if twice else "as in the RFC", [(item.rel, item.href) for item in read.items])
    print("   ", resolve_api_endpoints(read), validate_linkset(read))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
as in the RFC []
    [] ["No 'item' links present — at least one is required", "Missing profile URI — RFC 9727 requires 'https://www.rfc-editor.org/info/rfc9727'"]
relation twice [('item', 'http://timeline.example/v1'), ('service-desc', 'http://timeline.example/openapi.json')]
    ['http://timeline.example/v1'] []
TEXT
diff expected seen

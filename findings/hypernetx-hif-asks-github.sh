#!/usr/bin/env bash
# Library: PyPI hypernetx 2.4.3, `from_hif` and `to_hif`; the file is written and read beside it with xgi 0.10.2.
# Expected: a file in HIF, the format for exchanging hypergraphs, is read from the disk.
# Seen: each call to read or write fetches the schema of the format from GitHub first. Behind a proxy that refuses, or without a
#   network, nothing is read or written, with an error about connections.
# For readers of the timeline: an event with three participants is one edge of a hypergraph. Where there is no network build it
#   with `Hypergraph({event: [participants]})`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check hypernetx==2.4.3 xgi==0.10.2 2> /dev/null
cat > run.py <<'PY'
import os
import warnings

warnings.simplefilter("ignore")
os.environ["HTTP_PROXY"] = os.environ["HTTPS_PROXY"] = os.environ["https_proxy"] = "http://127.0.0.1:9"
os.environ["NO_PROXY"] = os.environ["no_proxy"] = ""

import hypernetx
import requests
import xgi

EVENTS = {"2024-06-18-visit": ["vladimir-putin", "kim-jong-un", "choe-son-hui"], "2024-11-01-talks": ["choe-son-hui"]}


def attempt(ask):
    try:
        return ask()
    except requests.exceptions.RequestException as error:
        return f"{type(error).__name__} {error.request.url if error.request else ''}"


graph = xgi.Hypergraph(EVENTS)
xgi.write_hif(graph, "events.json")
print("xgi", {edge: sorted(names) for edge, names in xgi.read_hif("events.json").edges.members(dtype=dict).items()})
print("hypernetx", attempt(lambda: hypernetx.from_hif(filename="events.json")))
built = hypernetx.Hypergraph(EVENTS)
print("built", {edge: sorted(built.edges[edge]) for edge in built.edges})
print("written", attempt(lambda: hypernetx.to_hif(built, filename="written.json")))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
xgi {'2024-06-18-visit': ['choe-son-hui', 'kim-jong-un', 'vladimir-putin'], '2024-11-01-talks': ['choe-son-hui']}
hypernetx ProxyError https://raw.githubusercontent.com/pszufe/HIF_validators/main/schemas/hif_schema_v0.1.0.json
built {'2024-06-18-visit': ['choe-son-hui', 'kim-jong-un', 'vladimir-putin'], '2024-11-01-talks': ['choe-son-hui']}
written ProxyError https://raw.githubusercontent.com/pszufe/HIF_validators/main/schemas/hif_schema_v0.1.0.json
TEXT
diff expected seen

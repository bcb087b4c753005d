#!/usr/bin/env bash
# Library: PyPI skosprovider_rdf 1.4.0 with skosprovider 1.5.1 and rdflib 6.3.2, `RDFProvider`.
# Expected: a thesaurus that says `skos:broader` of the narrower concept, as most do, has both directions: SKOS declares broader and
#   narrower inverse. So `expand` of a concept gives all that are below it.
# Seen: only triples that are written are read. A concept whose narrower ones name it has none, `expand` gives itself alone, and a
#   search in its collection misses what lies below, without an error. With `skos:narrower` too it is right; with that alone
#   the concepts below have no broader one, and are top concepts besides.
# For readers of the timeline: a tag names its broader tag. When you write tags as SKOS for this library, write both directions.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check skosprovider_rdf==1.4.0 skosprovider==1.5.1 rdflib==6.3.2 2> /dev/null
cat > run.py <<'PY'
from rdflib import Graph
from skosprovider_rdf.providers import RDFProvider

TAGS = "http://timeline.example/tags"
CONCEPTS = "".join(
    f'<{TAGS}/{name}> a skos:Concept ; skos:inScheme <{TAGS}> ; skos:prefLabel "{name}"@en .\n'
    for name in ("trade", "railways")
)
BROADER = f"<{TAGS}/railways> skos:broader <{TAGS}/trade> .\n"
NARROWER = f"<{TAGS}/trade> skos:narrower <{TAGS}/railways> .\n"
PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"


def short(uris):
    return sorted(uri.rpartition("/")[2] for uri in uris)


for name, relations in {"broader": BROADER, "narrower": NARROWER, "both": BROADER + NARROWER}.items():
    graph = Graph().parse(data=f"{PREFIX}<{TAGS}> a skos:ConceptScheme .\n{CONCEPTS}{relations}", format="turtle")
    provider = RDFProvider({"id": "TAGS", "uri": TAGS}, graph)
    trade, railways = (provider.get_by_uri(f"{TAGS}/{each}") for each in ("trade", "railways"))
    print(f"{name}: below trade", short(trade.narrower), "above railways", short(railways.broader))
    top = short(each["uri"] for each in provider.get_top_concepts())
    print("    expand", short(provider.expand(trade.uri)), "top", top)
PY
venv/bin/python run.py > seen 2> errors
cat seen
cat > expected <<'TEXT'
broader: below trade [] above railways ['trade']
    expand ['trade'] top ['trade']
narrower: below trade ['railways'] above railways []
    expand ['railways', 'trade'] top ['railways', 'trade']
both: below trade ['railways'] above railways ['trade']
    expand ['railways', 'trade'] top ['trade']
TEXT
diff expected seen

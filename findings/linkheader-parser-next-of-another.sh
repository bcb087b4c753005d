#!/usr/bin/env bash
# Library: PyPI linkheader-parser 0.6, beside PyPI httplink 0.2.0.
# Expected: each link of a `Link` header (RFC 8288) has its own address, or is left out.
# Seen: a relation with a hyphen, such as `service-doc`, is not recognised, and its address is given to the next relation that is:
#   `next` leads to the documentation. A relation without quotation marks has the same effect.
# For readers of the timeline: `/` has such relations, `/v1/events` has only `next`. Take `page.next` of the body, or httplink.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check linkheader-parser==0.6 httplink==0.2.0
cat > run.py <<'PY'
import httplink
import linkheader_parser

NEXT = '<https://example.org/v1/events?cursor=b>; rel="next"'
HEADERS = {
    "next alone": NEXT,
    "two relations": f'<https://example.org/v1/events?cursor=a>; rel="prev", {NEXT}',
    "a hyphen": f'<https://example.org/docs>; rel="service-doc", {NEXT}',
    "no quotation marks": f"<https://example.org/ko>; rel=alternate, {NEXT}",
}
for name, header in HEADERS.items():
    ours = httplink.parse_link_header(header)
    print(f"{name}: linkheader-parser", {rel: link["url"] for rel, link in linkheader_parser.parse(header).items()})
    print(f"{name}: httplink", {rel: link.target for link in ours.links for rel in sorted(link.rel)})
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
next alone: linkheader-parser {'next': 'https://example.org/v1/events?cursor=b'}
next alone: httplink {'next': 'https://example.org/v1/events?cursor=b'}
two relations: linkheader-parser {'prev': 'https://example.org/v1/events?cursor=a', 'next': 'https://example.org/v1/events?cursor=b'}
two relations: httplink {'prev': 'https://example.org/v1/events?cursor=a', 'next': 'https://example.org/v1/events?cursor=b'}
a hyphen: linkheader-parser {'next': 'https://example.org/docs'}
a hyphen: httplink {'service-doc': 'https://example.org/docs', 'next': 'https://example.org/v1/events?cursor=b'}
no quotation marks: linkheader-parser {'next': 'https://example.org/ko'}
no quotation marks: httplink {'alternate': 'https://example.org/ko', 'next': 'https://example.org/v1/events?cursor=b'}
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: Raptor 2.0.15, `rapper` (Debian raptor2-utils 2.0.15-4+deb12u1): it reads `rss-tag-soup` and writes `rss-1.0` and `atom`.
# Expected: an Atom feed becomes triples with the author of each entry at that entry; RSS 1.0 that Raptor writes is RDF/XML,
#   which Raptor reads again.
# Seen: the author of an entry becomes one of the feed, so nobody wrote an entry; `content:encoded` is the summary, not the
#   content. RSS 1.0 begins with `rss:RDF` in place of `rdf:RDF`, and its attributes have no prefix: the RDF parser finds
#   two triples and an error in it. Atom names the author `unknown`, gives the id of the feed as its own link, and has no link
#   and no category in its entries.
# For readers of the timeline: take `timeline.nt` of a release or the `.jsonld` of an event, and each feed as it is.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 raptor2-utils=2.0.15-4+deb12u1 libraptor2-0=2.0.15-4+deb12u1 libyajl2=2.1.0-3+deb12u2 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
LD_LIBRARY_PATH=$(dirname "$(find "$folder/root" -name 'libraptor2.so*' | head -n 1)")
export LD_LIBRARY_PATH
cat > feed.atom <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Timeline</title><id>urn:uuid:dc6ef99b-9337-5f1b-86b4-91d1829ff34c</id>
<updated>2026-12-01T12:12:21Z</updated><link rel="self" href="http://timeline.example/feed.atom"/>
<entry><title>Talks</title><link href="http://timeline.example/1"/><id>urn:uuid:714acb41-8234-5776-adb3-f2e8af8b9c12</id>
<updated>2026-12-01T12:12:21Z</updated><author><name>TASS</name></author><summary>Short</summary>
<content type="html">&lt;p&gt;Long&lt;/p&gt;</content><category term="meeting"/></entry></feed>
XML
rap() { { root/usr/bin/rapper -q "$@" http://timeline.example/feed.atom 2>&1 || true; } }
{
  echo "triples:"
  rap -i rss-tag-soup -o ntriples feed.atom | grep -E 'Atomauthor|encoded' | sed -E 's/_:[a-z0-9]+/_:author/' | sort
  echo "RSS 1.0:"
  rap -i rss-tag-soup -o rss-1.0 feed.atom > feed.rss
  grep -oE '<(rss|rdf):(RDF|channel|item)\b( about="[^"]*")?' feed.rss
  echo "$(rap -i rdfxml -o ntriples feed.rss | grep -c '^_:') triples, $(rap -i rdfxml -o ntriples feed.rss | grep -c Error) error"
  echo "Atom:"
  rap -i rss-tag-soup -o atom feed.atom > again.atom
  grep -oE '<atom:(name|link|category|id|title).*' again.atom
} > seen
cat seen
cat > expected <<'TEXT'
triples:
<http://timeline.example/1> <http://purl.org/rss/1.0/modules/content/encoded> "Short" .
<urn:uuid:dc6ef99b-9337-5f1b-86b4-91d1829ff34c> <http://www.w3.org/2005/Atomauthor> _:author .
RSS 1.0:
<rss:RDF
<rss:channel about="urn:uuid:dc6ef99b-9337-5f1b-86b4-91d1829ff34c"
<rss:item about="1"
2 triples, 1 error
Atom:
<atom:id>urn:uuid:dc6ef99b-9337-5f1b-86b4-91d1829ff34c</atom:id>
<atom:title>Timeline</atom:title>
<atom:name>unknown</atom:name>
<atom:link href="urn:uuid:dc6ef99b-9337-5f1b-86b4-91d1829ff34c"
<atom:id>urn:uuid:714acb41-8234-5776-adb3-f2e8af8b9c12</atom:id>
<atom:title>Talks</atom:title>
TEXT
diff expected seen

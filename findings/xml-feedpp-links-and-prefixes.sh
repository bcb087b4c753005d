#!/usr/bin/env bash
# Library: Perl XML::FeedPP 0.95 and XML::TreePP 0.43 (Debian), with the parser of XML of Python to read what they write.
# Expected: a feed that is read and merged into one of the other format is a valid feed, with the same ids.
# Seen: RSS with an element of another namespace, such as `atom:updated`, is written as Atom with that prefix and without its
#   declaration, so no parser reads it. In the other direction the id of an entry, `urn:uuid:…`, is written as
#   `isPermaLink="true"`, which says that it is the address of a page; a label of a category and the links to sources are lost.
# For readers of the timeline: the timeline has each feed as `.atom`, `.rss` and `.jsonfeed`; take the one that you need.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 libxml-feedpp-perl=0.95-1 libxml-treepp-perl=0.43-3 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
export PERL5LIB="$folder/root/usr/share/perl5"
cat > feed.rss <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Timeline</title><link>http://timeline.example/</link>
<description>Events</description><item><title>Talks</title><link>http://timeline.example/1</link>
<guid isPermaLink="false">urn:uuid:714acb41-8234-5776-adb3-f2e8af8b9c12</guid>
<atom:updated>2026-12-01T12:12:21+00:00</atom:updated></item></channel></rss>
XML
cat > feed.atom <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Timeline</title><id>urn:uuid:dc6ef99b-9337-5f1b-86b4-91d1829ff34c</id>
<updated>2026-12-01T12:12:21Z</updated><entry><title>Talks</title><link href="http://timeline.example/1"/>
<id>urn:uuid:714acb41-8234-5776-adb3-f2e8af8b9c12</id><updated>2026-12-01T12:12:21Z</updated>
<link rel="via" href="https://agency.example/1"/><category term="meeting" label="Meeting"/></entry></feed>
XML
cat > run.pl <<'PL'
use strict;
use XML::FeedPP;

my $atom = XML::FeedPP::Atom::Atom10->new();
$atom->merge("feed.rss");
$atom->to_file("written.atom");
my $rss = XML::FeedPP::RSS->new();
$rss->merge("feed.atom");
$rss->to_file("written.rss");
PL
perl run.pl
cat > run.py <<'PY'
from xml.etree import ElementTree

for name in ("feed.rss", "written.atom", "written.rss"):
    try:
        root = ElementTree.parse(name).getroot()
    except ElementTree.ParseError as error:
        print(name, "ParseError", str(error).split(":")[0])
        continue
    item = root.find("channel/item")
    print(name, [(each.tag, each.text, each.attrib) for each in item if each.tag in ("guid", "link", "category")])
PY
python3 run.py > seen
cat seen
cat > expected <<'TEXT'
feed.rss [('link', 'http://timeline.example/1', {}), ('guid', 'urn:uuid:714acb41-8234-5776-adb3-f2e8af8b9c12', {'isPermaLink': 'false'})]
written.atom ParseError unbound prefix
written.rss [('link', 'http://timeline.example/1', {}), ('category', 'meeting', {}), ('guid', 'urn:uuid:714acb41-8234-5776-adb3-f2e8af8b9c12', {'isPermaLink': 'true'})]
TEXT
diff expected seen

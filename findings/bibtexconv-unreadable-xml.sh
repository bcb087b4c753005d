#!/usr/bin/env bash
# Library: bibtexconv 1.3.4 (Debian 1.3.4-1), `-export-to-xml` and `-export-to-bibtex`.
# Expected: `@online` of BibLaTeX is read or refused with its type; the XML of the references of an RFC is well-formed.
# Seen: an `&` of an address stands in an attribute as it is, so no parser reads the XML. An institution in braces becomes two
#   authors, with a brace in each surname. A file with `@online` is a "syntax error in line 1" as a whole, with its other
#   entries. The exit code of the XML is 0.
# For readers of the timeline: give it `@misc`, and write `%26` for `&` in addresses, or take `.csl.json`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 bibtexconv=1.3.4-1 > /dev/null 2>&1
dpkg-deb --extract bibtexconv*.deb root
cat > misc.bib <<'BIB'
@misc{talks,
  title = {{Talks}},
  author = {{Ministry of Culture and Sport}},
  year = {2024},
  month = jun,
  url = {http://timeline.example/1?lang=ko&time=1}
}
BIB
sed 's/@misc/@online/' misc.bib > online.bib
cat misc.bib >> online.bib
cat > run.py <<'PY'
import re
from xml.etree import ElementTree

text = open("out.xml").read()
print(re.findall('target="[^"]*"', text)[0])
print(re.findall('surname="[^"]*"', text))
for name, tried in (("as written", text), ("with &amp;", re.sub("&(?!#|amp;)", "&amp;", text))):
    try:
        print(name, [each.tag for each in ElementTree.fromstring(re.sub("<!DOCTYPE[^>]*>", "", tried))])
    except ElementTree.ParseError as error:
        print(name, "ParseError", str(error).split(":")[0])
PY
{
  root/usr/bin/bibtexconv misc.bib -non-interactive -export-to-xml=out.xml -export-to-bibtex=out.bib > /dev/null 2>&1
  python3 run.py
  grep -E 'author|url' out.bib | tr -d '\t'
  if root/usr/bin/bibtexconv online.bib -non-interactive -export-to-bibtex=all.bib 2>&1; then echo read; else echo "exit code $?"; fi
} > seen
cat seen
cat > expected <<'TEXT'
target="http://timeline.example/1?lang=ko&time=1"
['surname="{Ministry of Culture"', 'surname="Sport}"']
as written ParseError not well-formed (invalid token)
with &amp; ['front', 'format']
author = "{Ministry of Culture and Sport}",
url = "http://timeline.example/1?lang=ko&time=1"
ERROR in line 1: syntax error
exit code 1
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: bibutils 7.2 (Debian 7.2-2), `biblatex2xml`, `ris2xml` and `xml2ris`.
# Expected: a web page and a miscellaneous entry keep their types: `@online` and `@misc` of BibLaTeX become `ELEC` and
#   `GEN` of RIS.
# Seen: `@online` becomes `COMP`, a computer program, and `@misc` becomes `STD`, a standard; so does `GEN` when RIS is read
#   and written again, while `ELEC` stays. Of an interval of days only the first remains, and the interval's end is a line
#   on standard error. The exit code is 0.
# For readers of the timeline: take `.ris` as it is, and convert no `.bib` to it.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 bibutils=7.2-2 libbibutils8=7.2-2 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
export PATH="$folder/root/usr/bin:$PATH"
LD_LIBRARY_PATH=$(dirname "$(find "$folder/root" -name 'libbibutils.so*' | head -n 1)")
export LD_LIBRARY_PATH
cat > in.bib <<'BIB'
@online{page, title = {Talks}, date = {2024-06-18}, url = {http://timeline.example/1}}
@misc{note, title = {Visit}, date = {2018-10-22/2018-10-26}}
BIB
cat > in.ris <<'RIS'
TY  - ELEC
ID  - page
TI  - Talks
PY  - 2024
ER  - 
TY  - GEN
ID  - note
TI  - Visit
PY  - 2018
ER  - 
RIS
{
  echo "from BibLaTeX:"
  biblatex2xml in.bib 2>/dev/null | xml2ris 2>/dev/null | sed 's/^\xEF\xBB\xBF//' | grep -E '^(TY|DA|ID)'
  echo "from RIS:"
  ris2xml in.ris 2>/dev/null | xml2ris 2>/dev/null | sed 's/^\xEF\xBB\xBF//' | grep -E '^(TY|ID)'
} > seen
cat seen
cat > expected <<'TEXT'
from BibLaTeX:
TY  - COMP
DA  - 2024/06/18
ID  - page
TY  - STD
DA  - 2018/10/22
ID  - note
from RIS:
TY  - ELEC
ID  - page
TY  - STD
ID  - note
TEXT
diff expected seen

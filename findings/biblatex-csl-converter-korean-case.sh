#!/usr/bin/env bash
# Library: npm biblatex-csl-converter 3.6.0, `BibLatexParser` and `CSLExporter`.
# Expected: double braces protect the case of a title, whatever its `langid`; a language that the converter does not know
#   is at least a warning.
# Seen: `korean`, a language of babel, is dropped without a warning. The parser takes the title for one that is not
#   English, and drops its braces; the exporter finds no language, takes it for English, and lowers its words. So the name
#   of an agency or a month changes. A title in English, or without `langid`, keeps its case.
# For readers of the timeline: take `.csl.json`. Of our 2473 references 245 changed this way on the date below.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund biblatex-csl-converter@3.6.0
cat > run.mjs <<'JS'
import { BibLatexParser, CSLExporter } from "biblatex-csl-converter";

for (const langid of ["", "english", "russian", "korean", "persian"]) {
  const source = `@article{a, title = {{[Yonhap News TV, 8 April 2025]}}, journaltitle = {{Yonhap News TV}},
    date = {2025-04-08}, ${langid && `langid = {${langid}}`}}`;
  const { entries, errors, warnings } = new BibLatexParser(source).parse();
  const [item] = Object.values(new CSLExporter(entries).parse());
  console.log(`${langid || "none"}:`, item.title, item.language, errors.length + warnings.length);
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
none: <span class="nocase">[Yonhap News TV, 8 April 2025]</span> undefined 0
english: <span class="nocase">[Yonhap News TV, 8 April 2025]</span> en-US 0
russian: [Yonhap News TV, 8 April 2025] ru-RU 0
korean: [yonhap news TV, 8 april 2025] undefined 0
persian: [yonhap news TV, 8 april 2025] undefined 0
TEXT
diff expected seen

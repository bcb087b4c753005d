#!/usr/bin/env bash
# Library: npm bibtex-tidy 1.14.0, `tidy` without options.
# Expected: it indents fields, and escapes accents (`é` as `\'{e}`). Letters of other alphabets stay, in Cyrillic as in
#   Hangul.
# Seen: each Cyrillic letter becomes a macro, such as `\cyrchar\CYRC{}`, in titles and in names; Hangul stays as it is. LaTeX
#   knows these macros only with a Cyrillic font encoding, and another program sees them in place of the name.
# For readers of the timeline: pass `escape: false`, or `--no-escape`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund bibtex-tidy@1.14.0
cat > run.cjs <<'JS'
const { tidy } = require("bibtex-tidy");

const source = "@misc{a, title = {{Цой, 최, é}}, author = {{ТАСС}}, eventdate = {2024-06~}}";
for (const options of [{}, { escape: false }]) console.log(JSON.stringify(options), tidy(source, options).bibtex);
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
{} @misc{a,
  title         = {{\cyrchar\CYRC{}\cyrchar\cyro{}\cyrchar\cyrishrt{}, 최, \'{e}}},
  author        = {{\cyrchar\CYRT{}\cyrchar\CYRA{}\cyrchar\CYRS{}\cyrchar\CYRS{}}},
  eventdate     = {2024-06~}
}

{"escape":false} @misc{a,
  title         = {{Цой, 최, é}},
  author        = {{ТАСС}},
  eventdate     = {2024-06~}
}

TEXT
diff expected seen

#!/usr/bin/env bash
# Library: npm accept-language 3.0.20, accept-language-parser 1.5.0 and resolve-accept-language 3.2.2, PyPI
#   parse-accept-language 0.1.2; beside npm negotiator 1.0.0.
# Expected: `fr;q=0, *` is any language but French, as RFC 9110 has it: a weight of 0 means "not acceptable".
# Seen: of French and Korean, all three of npm choose French. parse-accept-language lists French with the weight 0 and drops `*`.
#   It drops each language that has both a space before it and a weight, as in the examples of RFC 9110:
#   `ko-KP, ru;q=0.5` has no Russian. It takes a script for a region: `ko-Kore-KP` is ko_KORE.
# For readers of the timeline: languages are parameters, `lang=ko`, or part of the address. Choose by this header with negotiator.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check parse-accept-language==0.1.2
npm init -y >/dev/null
npm install --silent --no-audit --no-fund accept-language@3.0.20 accept-language-parser@1.5.0 resolve-accept-language@3.2.2 \
  negotiator@1.0.0 2> /dev/null
cat > run.cjs <<'JS'
const acceptLanguage = require("accept-language").create();
const parser = require("accept-language-parser");
const { resolveAcceptLanguage } = require("resolve-accept-language");
const Negotiator = require("negotiator");

const offered = ["fr-FR", "ko-KR"];
acceptLanguage.languages(offered);
for (const header of ["ko-KR, fr-FR;q=0.5", "fr-FR;q=0, ko-KR;q=0.1", "fr-FR;q=0, *"]) {
  console.log(header);
  console.log("  accept-language", acceptLanguage.get(header));
  console.log("  accept-language-parser", parser.pick(offered, header));
  console.log("  resolve-accept-language", resolveAcceptLanguage(header, offered, offered[0]));
  console.log("  negotiator", new Negotiator({ headers: { "accept-language": header } }).language(offered));
}
JS
cat > run.py <<'PY'
from accept_language import parse_accept_language

for header in ["ko-KP,ru;q=0.5", "ko-KP, ru;q=0.5", "fr;q=0, *", "ko-Kore-KP"]:
    print(header, [(lang.language, lang.locale, lang.quality) for lang in parse_accept_language(header)])
PY
{
  node run.cjs
  venv/bin/python run.py
} > seen
cat seen
cat > expected <<'TEXT'
ko-KR, fr-FR;q=0.5
  accept-language ko-KR
  accept-language-parser ko-KR
  resolve-accept-language ko-KR
  negotiator ko-KR
fr-FR;q=0, ko-KR;q=0.1
  accept-language ko-KR
  accept-language-parser ko-KR
  resolve-accept-language ko-KR
  negotiator ko-KR
fr-FR;q=0, *
  accept-language fr-FR
  accept-language-parser fr-FR
  resolve-accept-language fr-FR
  negotiator ko-KR
ko-KP,ru;q=0.5 [('ko', 'ko_KP', 1.0), ('ru', None, 0.5)]
ko-KP, ru;q=0.5 [('ko', 'ko_KP', 1.0)]
fr;q=0, * [('fr', None, 0.0)]
ko-Kore-KP [('ko', 'ko_KORE', 1.0)]
TEXT
diff expected seen

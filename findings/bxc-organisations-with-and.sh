#!/usr/bin/env bash
# Library: PyPI bxc 1.3.0, which prints a .bib in styles of CSL, with its own styles.
# Expected: an author in second braces is one organisation, whatever words are in its name.
# Seen: braces are no bound for `and`: the Ministry of Trade and Industry becomes a person M. of Trade and another, Industry, in every
#   style. An organisation without `and` in its name stays. In Chicago an entry of type misc is a preprint.
# For readers of the timeline: our `.bib` has organisations in braces. Print `.csl.json`, where they are `literal`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check bxc==1.3.0 citeproc-py==0.11.1 pybtex==0.26.1 2> /dev/null
cat > sources.bib <<'BIB'
@online{a, title = {{A note}}, author = {{Ministry of Foreign Affairs}}, date = {2024-06-18}}
@online{b, title = {{A protocol}}, author = {{Ministry of Trade and Industry}}, date = {2024-06-18}}
@misc{c, title = {{A list}}, author = {{TASS} and {RIA Novosti}}, date = {2024-06-18}}
BIB
for style in apa chicago-author-date ieee; do
  echo "$style"
  venv/bin/bxc --offline format sources.bib --style "$style"
done > seen 2> errors
cat seen
cat > expected <<'TEXT'
apa
Ministry of Foreign Affairs. (2024, June 18). A note.
Trade, M. of ., & Industry, . (2024, June 18). A protocol.
TASS, & RIA Novosti. (2024). A list.
chicago-author-date
Ministry of Foreign Affairs. 2024. “A Note”. June 18.
Trade, M. of ., and . Industry. 2024. “A Protocol”. June 18.
TASS, and RIA Novosti. 2024. “A List”. Preprint, June 18.
ieee
[1] Ministry of Foreign Affairs, “A note”.
[2] M. of . Trade and . Industry, “A protocol”.
[3] TASS and RIA Novosti, “A list”, Jun. 18, 2024.
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: PyPI lunr 0.8.0 (with nltk 3.10.4), whose indexes are made to be read with npm lunr 2.3.9; there with lunr-languages
#   1.22.0 for Russian.
# Expected: both find the same texts in an index, for its steps are named in it.
# Seen: for Russian each has its own stemmer by the same name, `stemmer-ru`. NLTK's writes Е for Ё, the other keeps Ё. So words
#   with Ё are found in Python and not in the browser, although the texts have them; with Е they are found in both. And a
#   text in Cyrillic that is indexed without a language is found in an index of Python, and not in one of the browser.
# For readers of the timeline: write Е for Ё before you search, or ask with `q`, which takes both.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check lunr==0.8.0 nltk==3.10.4 2> /dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund lunr@2.3.9 lunr-languages@1.22.0
mkdir -p data/corpora/stopwords
printf '%s\n' и в с > data/corpora/stopwords/russian
cat > texts.json <<'JSON'
{"texts": [{"id": "treaty", "text": "Договор о партнёрстве"}, {"id": "letter", "text": "Хрущёв принял министров"}],
 "words": ["министры", "договор", "партнёрство", "партнерство", "Хрущёв", "Хрущев"]}
JSON
cat > write.py <<'PY'
import json

import lunr

content = json.load(open("texts.json", encoding="utf-8"))
for name, languages in (("russian", ["en", "ru"]), ("plain", None)):
    index = lunr.lunr(ref="id", fields=("text",), documents=content["texts"], languages=languages)
    with open(f"{name}.json", "w", encoding="utf-8") as file:
        json.dump(index.serialize(), file)
    for word in content["words"]:
        print(name, "Python", word, "=", " ".join(found["ref"] for found in index.search(word)) or "nothing")
PY
cat > read.cjs <<'JS'
const { readFileSync } = require("node:fs");
const lunr = require("lunr");
for (const part of ["stemmer.support", "multi", "ru"]) require(`lunr-languages/lunr.${part}`)(lunr);

const json = (name) => JSON.parse(readFileSync(`${name}.json`, "utf8"));
const { texts, words } = json("texts");
const own = (language) =>
  lunr(function () {
    if (language) this.use(language);
    this.ref("id");
    this.field("text");
    for (const text of texts) this.add(text);
  });
lunr.multiLanguage("en", "ru");
const indexes = {
  "russian browser": lunr.Index.load(json("russian")),
  "russian browser's own": own(lunr.multiLanguage("en", "ru")),
  "plain browser": lunr.Index.load(json("plain")),
  "plain browser's own": own(),
};
for (const [name, index] of Object.entries(indexes))
  for (const word of words) console.log(name, word, "=", index.search(word).map(({ ref }) => ref).join(" ") || "nothing");
JS
{ NLTK_DATA=$folder/data venv/bin/python write.py 2> /dev/null; node read.cjs 2> /dev/null; } > seen
cat seen
cat > expected <<'TEXT'
russian Python министры = letter
russian Python договор = treaty
russian Python партнёрство = treaty
russian Python партнерство = treaty
russian Python Хрущёв = letter
russian Python Хрущев = letter
plain Python министры = nothing
plain Python договор = treaty
plain Python партнёрство = nothing
plain Python партнерство = nothing
plain Python Хрущёв = letter
plain Python Хрущев = nothing
russian browser министры = letter
russian browser договор = treaty
russian browser партнёрство = nothing
russian browser партнерство = treaty
russian browser Хрущёв = nothing
russian browser Хрущев = letter
russian browser's own министры = letter
russian browser's own договор = treaty
russian browser's own партнёрство = treaty
russian browser's own партнерство = nothing
russian browser's own Хрущёв = letter
russian browser's own Хрущев = nothing
plain browser министры = nothing
plain browser договор = treaty
plain browser партнёрство = nothing
plain browser партнерство = nothing
plain browser Хрущёв = letter
plain browser Хрущев = nothing
plain browser's own министры = nothing
plain browser's own договор = nothing
plain browser's own партнёрство = nothing
plain browser's own партнерство = nothing
plain browser's own Хрущёв = nothing
plain browser's own Хрущев = nothing
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: PyPI pullenti 4.1, a finder of people, places and dates in Russian text.
# Expected: a name is found as it stands, or not at all; Korean names that end in a vowel have no case endings in Russian.
# Seen: the two syllables of a Korean given name become one word, and Ё becomes Е: `Ким Чен Ын` is `Ким Ченын`, `Ли Ён Хо` is
#   `Ли Енхо`. The surname Чхве loses its last letter, as if it were an ending: `Чхв Сонхи`. Names of Russians, and the days
#   beside them, come whole. `в 1940-х годах` is the year 1940.
# For readers of the timeline: `/v1/participants/resolve` takes `Ким Ченын` and `Ли Енхо`, but not `Чхв Сонхи`. Ask it with the
#   words of the text, between the positions that are found.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pullenti==4.1 2> /dev/null
cat > run.py <<'PY'
import warnings

warnings.simplefilter("ignore")

from pullenti.ner.ProcessorService import ProcessorService
from pullenti.ner.SourceOfAnalysis import SourceOfAnalysis
from pullenti.Sdk import Sdk

Sdk.initialize_all()
with ProcessorService.create_processor() as processor:
    for text in (
        "Сергей Лавров встретился с Чхве Сон Хи 1 ноября 2024 года в Москве.",
        "Владимир Путин и Ким Чен Ын подписали договор 19 июня 2024 года.",
        "Министр иностранных дел КНДР Ли Ён Хо прибыл в Москву.",
        "Александр Мацегора и Ким Ё Чжон обсудили это в Пхеньяне.",
        "Договоры подписали в 1940-х годах.",
    ):
        found = processor.process(SourceOfAnalysis(text)).entities
        kinds = [(type(entity).__name__, str(entity)) for entity in found]
        people = [name for kind, name in kinds if kind == "PersonReferent"]
        dates = [name for kind, name in kinds if kind == "DateReferent"]
        print(text, people, dates[-1:])
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
Сергей Лавров встретился с Чхве Сон Хи 1 ноября 2024 года в Москве. ['Сергей Лавров', 'Чхв Сонхи'] ['1 ноября 2024 года']
Владимир Путин и Ким Чен Ын подписали договор 19 июня 2024 года. ['Владимир Путин', 'Ким Ченын'] ['19 июня 2024 года']
Министр иностранных дел КНДР Ли Ён Хо прибыл в Москву. ['Ли Енхо'] []
Александр Мацегора и Ким Ё Чжон обсудили это в Пхеньяне. ['Александр Мацегора', 'Ким Ечжон'] []
Договоры подписали в 1940-х годах. [] ['1940 год']
TEXT
diff expected seen

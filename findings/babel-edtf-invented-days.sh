#!/usr/bin/env bash
# Library: PyPI babel-edtf 1.2.2 (with edtf 5.0.2 and babel 2.19.0), `format_edtf`.
# Expected: a date in words is as exact as the date in EDTF: an interval from a month to a day begins in that month, and
#   `2024-06-XX`, some day in June, which is no date of level 0, is refused as `2024-06~` is.
# Seen: both ends of an interval get the finer precision, and days that nobody wrote: `1950-03-30/1950-04` ends on 30 April,
#   `1948/2024-06-19` begins on 1 January. `2024-06-XX` is 1 June. So it is in every language.
# For readers of the timeline: it has such dates. Take `date_text`, which has them in four languages.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check babel-edtf==1.2.2 edtf==5.0.2 babel==2.19.0
cat > run.py <<'PY'
from babel_edtf import format_edtf

for text in ("2024-06", "2024-06/2024-09", "1950-03-30/1950-04", "1948/2024-06-19", "1961/1991-12", "2024-06-XX", "2024-06~"):
    words = []
    for language in ("en", "ru", "ko"):
        try:
            words.append(" ".join(format_edtf(text, "long", locale=language).split()))
        except ValueError as error:
            words.append(type(error).__name__)
    print(text, *words, sep=" | ")
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
2024-06 | June 2024 | июнь 2024 г. | 2024년 6월
2024-06/2024-09 | June – September 2024 | июнь — сентябрь 2024 г. | 2024년 6월~9월
1950-03-30/1950-04 | Mar 30 – Apr 30, 1950 | 30 мар. — 30 апр. 1950 г. | 1950년 3월 30일~4월 30일
1948/2024-06-19 | Jan 1, 1948 – Jun 19, 2024 | 1 янв. 1948 г. — 19 июн. 2024 г. | 1948년 1월 1일~2024년 6월 19일
1961/1991-12 | January 1961 – December 1991 | январь 1961 г. — декабрь 1991 г. | 1961년 1월~1991년 12월
2024-06-XX | June 1, 2024 | 1 июня 2024 г. | 2024년 6월 1일
2024-06~ | EDTFValueError | EDTFValueError | EDTFValueError
TEXT
diff expected seen

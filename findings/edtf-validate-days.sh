#!/usr/bin/env bash
# Library: PyPI edtf-validate 2.0.0, `is_valid` and `conformsLevel1`.
# Expected: a day that does not exist is invalid, with or without a mark of doubt, and the levels agree with `is_valid`.
# Seen: 29 February is valid in every year. `is_valid` refuses 31 June, and takes it as soon as it is marked `~`. An
#   interval with swapped ends is invalid by `is_valid` and valid by `conformsLevel1`.
# For writers to the timeline: the API refuses these dates, so a file that this library has passed may still fail.
#   Check it by `POST /v1/imports?dry_run=true`.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet edtf-validate==2.0.0 pyparsing==3.3.3
cat > run.py <<'PY'
from edtf_validate.valid_edtf import conformsLevel1, is_valid

for date in ["2024-02-29", "2023-02-29", "1900-02-29", "2023-02-30", "2024-06-31", "2024-06-31~", "2024-06/2024-05"]:
    print(date, is_valid(date), conformsLevel1(date))
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
2024-02-29 True True
2023-02-29 True True
1900-02-29 True True
2023-02-30 False False
2024-06-31 False False
2024-06-31~ True False
2024-06/2024-05 False True
TEXT
diff expected seen

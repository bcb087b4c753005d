#!/usr/bin/env bash
# Library: PyPI fastparquet 2026.9.0, `ParquetFile.to_pandas`, with pandas 3.1.1.
# Expected: a `date32` is the same day or an error, and a timestamp that is adjusted to UTC is one in UTC.
# Seen: a day before 1677 is another day and another time, without a warning: it is computed in 64-bit nanoseconds, which
#   overflow. 1500-01-01 becomes 20 July 2084. Instants are naive: the mark of UTC in the file is not read. Lists, nulls,
#   booleans and numbers are right.
# For readers of the timeline: read Parquet with pyarrow, which pandas prefers if both are installed; with fastparquet add
#   `.dt.tz_localize("UTC")` to `created_at` and `updated_at`.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet fastparquet==2026.9.0 pandas==3.1.1 pyarrow==26.0.1
cat > write.py <<'PY'
from datetime import UTC, date, datetime

import pyarrow
from pyarrow import parquet

days = [date(2024, 6, 18), date(1884, 7, 7), None, date(1677, 9, 22), date(1500, 1, 1)]
at = datetime(2024, 11, 1, 9, tzinfo=UTC)
table = pyarrow.table(
    {
        "day": pyarrow.array(days, pyarrow.date32()),
        "at": pyarrow.array([at] * len(days), pyarrow.timestamp("us", tz="UTC")),
        "tags": pyarrow.array([[], ["a", None], [], [], ["b"]], pyarrow.list_(pyarrow.string())),
    }
)
parquet.write_table(table, "events.parquet")
PY
venv/bin/python write.py
cat > run.py <<'PY'
import pandas
from fastparquet import ParquetFile

read = ParquetFile("events.parquet").to_pandas()
print(*[str(day) for day in read["day"]], sep="\n")
print(read["at"].dtype, read["tags"].tolist())
print(pandas.read_parquet("events.parquet", engine="pyarrow")["at"].dtype)
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
2024-06-18 00:00:00
1884-07-07 00:00:00
NaT
1677-09-22 00:00:00
2084-07-20 23:34:33.709551616
datetime64[us] [[], ['a', None], [], [], ['b']]
datetime64[us, UTC]
TEXT
diff expected seen

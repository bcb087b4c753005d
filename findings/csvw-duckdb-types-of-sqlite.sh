#!/usr/bin/env bash
# Library: PyPI csvw-duckdb 0.0.1, with csvw 3.7.0, and DuckDB 1.5.6.
# Expected: the table that it declares in DuckDB takes the CSV that the metadata describe, with the same numbers.
# Seen: it declares the types that csvw has for SQLite. A double is TEXT, so the greatest longitude is 37.61772, before 131.88554.
#   A decimal is REAL, which has eight bytes in SQLite and four in DuckDB: `latitude = 43.11554` finds nothing. A boolean is
#   INTEGER, into which DuckDB does not read `true`, so a file with one cannot be loaded. Days and instants are texts.
# For readers of the timeline: read the CSV with DuckDB's `read_csv`, or `/v1/events.parquet`, which have the types.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csvw-duckdb==0.0.1 csvw==3.7.0 duckdb==1.5.6 2> /dev/null
printf 'id,longitude,latitude\nvladivostok,131.88554,43.11554\nmoscow,37.61772,55.75586\n' > places.csv
printf 'id,top\ntalks,true\n' > events.csv
cat > csv-metadata.json <<'JSON'
{
  "@context": "http://www.w3.org/ns/csvw",
  "tables": [
    {
      "url": "places.csv",
      "tableSchema": {
        "columns": [
          {"name": "id", "titles": "id", "datatype": "string"},
          {"name": "longitude", "titles": "longitude", "datatype": "double"},
          {"name": "latitude", "titles": "latitude", "datatype": "decimal"}
        ]
      }
    },
    {
      "url": "events.csv",
      "tableSchema": {
        "columns": [
          {"name": "id", "titles": "id", "datatype": "string"},
          {"name": "top", "titles": "top", "datatype": "boolean"}
        ]
      }
    }
  ]
}
JSON
venv/bin/csvw-duckdb csv-metadata.json > tables.sql
cat > run.py <<'PY'
import duckdb

database = duckdb.connect()
database.execute(open("tables.sql").read())
for table in ("places.csv", "events.csv"):
    try:
        database.execute(f"COPY \"{table}\" FROM '{table}' (HEADER)")
        print(table, database.execute(f'SELECT * FROM "{table}"').fetchall())
    except duckdb.ConversionException as error:
        print(table, "ConversionException", next(line for line in str(error).splitlines() if "Could not" in line))
print(database.execute("SELECT column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY 1").fetchall())
for source in ('"places.csv"', "read_csv('places.csv')"):
    found = database.execute(f"SELECT id FROM {source} WHERE latitude = 43.11554::DOUBLE").fetchall()
    print(source, database.execute(f"SELECT max(longitude) FROM {source}").fetchall(), found)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
places.csv [('vladivostok', '131.88554', 43.11553955078125), ('moscow', '37.61772', 55.755859375)]
events.csv ConversionException Error when converting column "top". Could not convert string "true" to 'INTEGER'
[('id', 'VARCHAR'), ('id', 'VARCHAR'), ('latitude', 'FLOAT'), ('longitude', 'VARCHAR'), ('top', 'INTEGER')]
"places.csv" [('37.61772',)] []
read_csv('places.csv') [(131.88554,)] [('vladivostok',)]
TEXT
diff expected seen

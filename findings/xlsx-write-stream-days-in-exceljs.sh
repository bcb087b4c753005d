#!/usr/bin/env bash
# Library: npm @atomictech/xlsx-write-stream 2.0.2, which writes a workbook, and npm exceljs 4.4.0, which reads it.
# Expected: a day that one writes is the same day in the other.
# Seen: the writer stores a Date as ISO 8601 in a cell of the type `d` (ECMA-376, ST_CellType). exceljs takes the digits before
#   the first hyphen for a number of days after 1899: 2024-06-19 is 1905-07-16, and every day of 1948 is 1905-05-01. It has no
#   error, and the cell is a Date. PyPI openpyxl reads the days as they are.
# For readers of the timeline: days in our `.xlsx` are numbers with a format, which exceljs reads well. If you write workbooks
#   of your own, write them with exceljs too.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @atomictech/xlsx-write-stream@2.0.2 exceljs@4.4.0 adm-zip@0.5.16 2> /dev/null
cat > run.cjs <<'JS'
const { createWriteStream } = require("node:fs");
const { Readable } = require("node:stream");
const { pipeline } = require("node:stream/promises");
const AdmZip = require("adm-zip");
const ExcelJS = require("exceljs");
const XLSXWriteStream = require("@atomictech/xlsx-write-stream").default;

const days = ["2024-06-19", "1948-10-12", "1948-10-18"];
(async () => {
  const rows = days.map((day) => ({ day: new Date(`${day}T00:00:00Z`) }));
  await pipeline(Readable.from(rows), new XLSXWriteStream({ header: true }), createWriteStream("days.xlsx"));
  const sheet = new AdmZip("days.xlsx").readAsText("xl/worksheets/sheet1.xml");
  console.log("written:", sheet.match(/<c r="A2".*<\/c>/)[0]);
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile("days.xlsx");
  days.forEach((day, row) => console.log(`${day}: exceljs`, book.worksheets[0].getCell(row + 2, 1).value.toISOString()));
})();
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
written: <c r="A2" t="d" s="7"><v>2024-06-19T00:00:00.000Z</v></c>
2024-06-19: exceljs 1905-07-16T00:00:00.000Z
1948-10-12: exceljs 1905-05-01T00:00:00.000Z
1948-10-18: exceljs 1905-05-01T00:00:00.000Z
TEXT
diff expected seen

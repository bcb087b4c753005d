#!/usr/bin/env bash
# Library: npm xlsxtream 2.0.0, a reader of workbooks; one is written with npm exceljs 4.4.0.
# Expected: a cell is found in its column, also if the cell before it is empty and so, as usual, not in the file. A day is
#   written as `YYYY-MM-DD`, as the page of the library says.
# Seen: the cells that a row has are put side by side, so after an empty cell every value is in a column too far to the left.
#   A day is `00:00:00` without its date, in New York `23:00:00`. No error.
# For readers of the timeline: most of our events lack some cell. Take `/v1/events.csv`, or read `/v1/events.xlsx` with exceljs.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund xlsxtream@2.0.0 exceljs@4.4.0 2> /dev/null
cat > run.cjs <<'JS'
const ExcelJS = require("exceljs");
const xlsxtream = require("xlsxtream");

const rows = [
  ["id", "day", "place", "treaty", "title"],
  ["summit", new Date(Date.UTC(2024, 5, 19)), "Pyongyang", "partnership-treaty-2024", "Putin and Kim Jong Un sign a treaty"],
  ["letter", new Date(Date.UTC(2024, 5, 18)), null, null, "Putin writes in Rodong Sinmun"],
];
(async () => {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet("events");
  sheet.addRows(rows);
  sheet.getColumn(2).numFmt = "yyyy-mm-dd";
  await book.xlsx.writeFile("events.xlsx");

  const read = await xlsxtream.open("events.xlsx");
  await read.load?.();
  for await (const cells of await read.sheetByName.events.getObjectStream()) console.log("xlsxtream:", JSON.stringify(cells));
  const again = new ExcelJS.Workbook();
  await again.xlsx.readFile("events.xlsx");
  again.worksheets[0].eachRow((row) => console.log("exceljs:", JSON.stringify(row.values.slice(1))));
})();
JS
TZ=UTC node run.cjs > seen
cat seen
cat > expected <<'TEXT'
xlsxtream: ["id","day","place","treaty","title"]
xlsxtream: ["summit","00:00:00","Pyongyang","partnership-treaty-2024","Putin and Kim Jong Un sign a treaty"]
xlsxtream: ["letter","00:00:00","Putin writes in Rodong Sinmun"]
exceljs: ["id","day","place","treaty","title"]
exceljs: ["summit","2024-06-19T00:00:00.000Z","Pyongyang","partnership-treaty-2024","Putin and Kim Jong Un sign a treaty"]
exceljs: ["letter","2024-06-18T00:00:00.000Z",null,null,"Putin writes in Rodong Sinmun"]
TEXT
diff expected seen

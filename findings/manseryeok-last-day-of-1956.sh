#!/usr/bin/env bash
# Library: npm @fullstackfamily/manseryeok 1.0.8, which says that it has the data of the Korea Astronomy and Space Science
#   Institute for 1900 to 2050; beside it kor-lunar 1.4.0 and korean-lunar-calendar 0.4.0, which have the same source.
# Expected: the three agree on every day from 1900 to 2050, and a day that one of them gives is a day that it takes back.
# Seen: of 55,000 days two of the libraries agree on all, and the third does not know one: 31 December 1956 is "Invalid solar
#   date". Its `lunarToSolar` looks for a lunar date only in the solar year of the same number, so every lunar date that falls
#   after 31 December, which is most of the twelfth month, is "Invalid lunar date": it refuses its own answer for 8 January 1984.
# For readers of the timeline: our dates are Gregorian. To turn a lunar one into ours take korean-lunar-calendar.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @fullstackfamily/manseryeok@1.0.8 kor-lunar@1.4.0 korean-lunar-calendar@0.4.0
cat > run.cjs <<'JS'
const { solarToLunar, lunarToSolar } = require("@fullstackfamily/manseryeok");
const { toLunar } = require("kor-lunar");
const Calendar = require("korean-lunar-calendar");

const attempt = (ask) => {
  try {
    return ask();
  } catch (error) {
    return error.message;
  }
};
const shown = (year, month, day, leap) => `${year}-${month}-${day}${leap ? " leap" : ""}`;
const manseryeok = (...day) => {
  const { year, month, day: lunarDay, isLeapMonth } = solarToLunar(...day).lunar;
  return shown(year, month, lunarDay, isLeapMonth);
};
const korLunar = (...day) => {
  const { year, month, day: lunarDay, isLeapMonth } = toLunar(...day);
  return shown(year, month, lunarDay, isLeapMonth);
};
const korean = (...day) => {
  const calendar = new Calendar();
  calendar.setSolarDate(...day);
  const { year, month, day: lunarDay, intercalation } = calendar.getLunarCalendar();
  return shown(year, month, lunarDay, intercalation);
};

let days = 0;
for (let time = Date.UTC(1900, 1, 1); time < Date.UTC(2050, 10, 1); time += 86_400_000) {
  const date = new Date(time);
  const day = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const answers = [korLunar, korean, manseryeok].map((ask) => attempt(() => ask(...day)));
  days += 1;
  if (new Set(answers).size > 1) console.log(day.join("-"), "=", answers.join(" | "));
}
console.log(days > 55_000 ? "more than 55,000 days" : days);
for (const day of [[1948, 9, 9], [1984, 1, 8], [2024, 1, 16], [2024, 6, 18]]) {
  const { year, month, day: lunarDay, isLeapMonth } = solarToLunar(...day).lunar;
  const back = attempt(() => Object.values(lunarToSolar(year, month, lunarDay, isLeapMonth).solar).join("-"));
  const calendar = new Calendar();
  calendar.setLunarDate(year, month, lunarDay, isLeapMonth);
  const other = calendar.getSolarCalendar();
  console.log(day.join("-"), "back:", back, "| korean-lunar-calendar:", `${other.year}-${other.month}-${other.day}`);
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
1956-12-31 = 1956-11-30 | 1956-11-30 | Invalid solar date: 1956-12-31
more than 55,000 days
1948-9-9 back: 1948-9-9 | korean-lunar-calendar: 1948-9-9
1984-1-8 back: Invalid lunar date: 1983-12-6 | korean-lunar-calendar: 1984-1-8
2024-1-16 back: Invalid lunar date: 2023-12-6 | korean-lunar-calendar: 2024-1-16
2024-6-18 back: 2024-6-18 | korean-lunar-calendar: 2024-6-18
TEXT
diff expected seen

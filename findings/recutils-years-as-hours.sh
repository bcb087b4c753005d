#!/usr/bin/env bash
# Library: GNU recutils 1.9 (Debian 1.9-2), `csv2rec`, `recfix` and `recsel` with a field of the type date.
# Expected: a year alone is a date that is too short, so `recfix` refuses 1948 and 1972 alike, or both are 1 January.
# Seen: a year is an hour of today. `recfix` takes 1948, 1956 and 2024 for 19:48, 19:56 and 20:24, and refuses only 1972,
#   which has 72 minutes. So 1948 and 1956 are after 1970 and after every day of the past, and a sort puts 2024 after them
#   for its minutes. A month, an interval and a mark are refused, and in a comparison they are neither before nor after.
#   `csv2rec` also trims cells: the two empty positions of a list, `; `, become `;`.
# For readers of the timeline: compare `start_earliest` and `end_latest`, which are always days, and give no type to `date`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 recutils=1.9-2 librec1=1.9-2 libmhash2=0.9.9.9-9 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
export PATH="$folder/root/usr/bin:$PATH"
LD_LIBRARY_PATH=$(dirname "$(find "$folder/root" -name 'librec.so*' | head -n 1)"):$folder/root/usr/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH TZ=UTC
cat > events.csv <<'CSV'
id,date
day,1948-10-12
year,1948
other,1956
seventies,1972
late,2024
month,2024-06
mark,1949~
recent,2024-06-18
CSV
{
  printf '%%rec: Event\n%%type: date date\n\n'
  csv2rec events.csv
} > events.rec
flat() { recsel -t Event "$@" -R id,date events.rec | grep . | paste -sd, -; }
{
  echo "refused: $(recfix events.rec 2>&1 | grep -c 'invalid date')"
  echo "before 1970: $(flat -e "date << '1970-01-01'")"
  echo "after 1970: $(flat -e "date >> '1970-01-01'")"
  echo "after 2024-06-18: $(flat -e "date >> '2024-06-18'")"
  echo "two empty positions: $(printf 'id,list\nday,; \n' | csv2rec | rec2csv | tail -n 1)"
  echo "sorted: $(flat -e "id = 'day' || id = 'year' || id = 'other' || id = 'late' || id = 'recent'" -S date)"
} > seen
cat seen
cat > expected <<'TEXT'
refused: 3
before 1970: day 1948-10-12
after 1970: year 1948,other 1956,late 2024,recent 2024-06-18
after 2024-06-18: year 1948,other 1956,late 2024
two empty positions: "day",";"
sorted: day 1948-10-12,recent 2024-06-18,year 1948,other 1956,late 2024
TEXT
diff expected seen

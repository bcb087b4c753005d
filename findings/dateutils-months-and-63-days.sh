#!/usr/bin/env bash
# Library: dateutils 0.4.10 (Debian 0.4.10-1), `ddiff` and `dconv`; the same differences with GNU date beside them, in days.
# Expected: from 31 January to 1 March it is a month and a day, or 30 days; a later day is farther away; 31 June is an error.
# Seen: in months and days, from 31 January 2024 to 1 March it is "1 month 63 days", and to 2 March "1 month 0 days". From
#   31 May to 30 June it is 0 months 30 days, and to 1 July a month. Differences in days alone are right. 31 June is read
#   as 30 June and 29 February 2023 as the 28th, without a word.
# For readers of the timeline: take differences in days, `-f %d`; our days exist.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 dateutils=0.4.10-1 > /dev/null 2>&1
dpkg-deb --extract dateutils*.deb root
export PATH="$folder/root/usr/bin:$PATH"
while read -r from to; do
  days=$((($(date -u -d "$to" +%s) - $(date -u -d "$from" +%s)) / 86400))
  echo "$from $to: $(dateutils.ddiff "$from" "$to" -f '%m months %d days'), $(dateutils.ddiff "$from" "$to" -f %d) days, date: $days"
done > seen <<'DAYS'
1948-10-12 1949-03-17
2024-01-31 2024-02-29
2024-01-31 2024-03-01
2024-01-31 2024-03-02
2024-05-31 2024-06-30
2024-05-31 2024-07-01
2024-05-31 2024-07-02
DAYS
for day in 2024-06-30 2024-06-31 2024-06-32 2023-02-29; do
  echo "$day = $(dateutils.dconv "$day" 2>&1)" >> seen
done
cat seen
cat > expected <<'TEXT'
1948-10-12 1949-03-17: 5 months 5 days, 156 days, date: 156
2024-01-31 2024-02-29: 0 months 29 days, 29 days, date: 29
2024-01-31 2024-03-01: 1 months 63 days, 30 days, date: 30
2024-01-31 2024-03-02: 1 months 0 days, 31 days, date: 31
2024-05-31 2024-06-30: 0 months 30 days, 30 days, date: 30
2024-05-31 2024-07-01: 1 months 0 days, 31 days, date: 31
2024-05-31 2024-07-02: 1 months 1 days, 32 days, date: 32
2024-06-30 = 2024-06-30
2024-06-31 = 2024-06-30
2024-06-32 = dconv: cannot make sense of `2024-06-32' using the given input formats
2023-02-29 = 2023-02-28
TEXT
diff expected seen

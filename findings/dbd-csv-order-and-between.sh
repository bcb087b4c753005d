#!/usr/bin/env bash
# Library: Perl DBD::CSV 0.60 with SQL::Statement 1.414 (Debian libdbd-csv-perl 0.6000-1+deb12u1 and its packages).
# Expected: SQL on a CSV file orders by any column, and leaves empty cells out of an average.
# Seen: ORDER BY does nothing, without a message, if its column is not selected. AVG and COUNT count an empty cell, as 0,
#   so the mean of three latitudes is that of four. An empty cell IS NULL and is also less than 40. BETWEEN is an error of
#   the program ("Not an ARRAY reference"), for numbers and for texts; two comparisons with AND are right.
# For readers of the timeline: select the column of ORDER BY, and add `IS NOT NULL`, or take `/v1/dataset.sqlite`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mapfile -t needed < <(apt-get install --simulate --no-install-recommends libdbd-csv-perl=0.6000-1+deb12u1 \
  libsql-statement-perl=1.414-1 2> /dev/null | sed -nE 's/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+).*/\1=\3/p')
apt-get download --quiet=2 "${needed[@]}" > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
compiled=$(find "$folder/root/usr/lib" -type d -path '*/perl5/5.*' -prune | head -n 1)
export PERL5LIB="$folder/root/usr/share/perl5:$compiled"
cat > events.csv <<'CSV'
id,title,start_earliest,latitude
a,Договор,1948-10-12,55.7558
b,Визит,2024-06-01,39.0392
c,외교 관계,1949-01-01,
d,Talks,2018-10-22,37.97
CSV
cat > run.pl <<'PL'
use strict;
use warnings;
use DBI;
binmode STDOUT, ":utf8";

my $csv = DBI->connect("dbi:CSV:", undef, undef,
    { f_dir => ".", f_ext => ".csv", f_encoding => "utf8", RaiseError => 0, PrintError => 0 });
for my $question (
    "SELECT id, start_earliest FROM events ORDER BY start_earliest DESC",
    "SELECT id FROM events ORDER BY start_earliest DESC",
    "SELECT AVG(latitude) AS mean, COUNT(latitude) AS number FROM events",
    "SELECT AVG(latitude) AS mean, COUNT(latitude) AS number FROM events WHERE latitude IS NOT NULL",
    "SELECT id FROM events WHERE latitude IS NULL",
    "SELECT id FROM events WHERE latitude < 40",
    "SELECT id FROM events WHERE start_earliest >= '1948-01-01' AND start_earliest <= '1950-01-01'",
    "SELECT id FROM events WHERE start_earliest BETWEEN '1948-01-01' AND '1950-01-01'",
) {
    my $rows = $csv->selectall_arrayref($question);
    my $answer = $rows ? join("; ", map { join(" ", @$_) } @$rows) : "error: " . ($csv->errstr =~ s/ at .*//sr);
    print "$question\n  $answer\n";
}
PL
perl run.pl > seen
cat seen
cat > expected <<'TEXT'
SELECT id, start_earliest FROM events ORDER BY start_earliest DESC
  b 2024-06-01; d 2018-10-22; c 1949-01-01; a 1948-10-12
SELECT id FROM events ORDER BY start_earliest DESC
  a; b; c; d
SELECT AVG(latitude) AS mean, COUNT(latitude) AS number FROM events
  33.19125 4
SELECT AVG(latitude) AS mean, COUNT(latitude) AS number FROM events WHERE latitude IS NOT NULL
  44.255 3
SELECT id FROM events WHERE latitude IS NULL
  c
SELECT id FROM events WHERE latitude < 40
  b; c; d
SELECT id FROM events WHERE start_earliest >= '1948-01-01' AND start_earliest <= '1950-01-01'
  a; c
SELECT id FROM events WHERE start_earliest BETWEEN '1948-01-01' AND '1950-01-01'
  error: Not an ARRAY reference
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: Perl Geo::Gpx 1.09 (Debian libgeo-gpx-perl 1.09-1, with the packages that it needs there).
# Expected: a waypoint may have any instant of ISO 8601, so also one of 1948.
# Seen: one waypoint before 1970 makes the whole file unreadable: "Invalid date format: -669686400", a number that the library
#   made itself and then takes for a text without a date. So is a waypoint that a program adds with such a number. From 1970
#   on all is read; fractions of a second are cut off, and offsets become UTC.
# For readers of the timeline: leave out `time` of events before 1970, and write their `date` into `desc`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mapfile -t needed < <(apt-get install --simulate --no-install-recommends libgeo-gpx-perl=1.09-1 2> /dev/null \
  | sed -nE 's/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+).*/\1=\3/p')
apt-get download --quiet=2 "${needed[@]}" > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
compiled=$(find "$folder/root/usr/lib" -type d -path '*/perl5/5.*' -prune | head -n 1)
export PERL5LIB="$folder/root/usr/share/perl5:$compiled"
cat > run.pl <<'PL'
use strict;
use warnings;
use utf8;
use Geo::Gpx;
binmode STDOUT, ":utf8";

for my $time ("2024-06-18T10:15:30.583Z", "2024-06-18T10:15:30+09:00", "1970-01-01T00:00:00Z", "1948-10-12T00:00:00Z") {
    my $text = qq(<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">)
        . qq(<wpt lat="39.0392" lon="125.7625"><time>$time</time><name>Пхеньян</name></wpt>)
        . qq(<wpt lat="55.7558" lon="37.6173"><name>Moscow</name></wpt></gpx>);
    my $file = eval { Geo::Gpx->new(xml => $text) };
    my $problem = $@ =~ s/ at .*//sr;
    my ($written) = $file ? $file->xml("1.1") =~ m{<wpt.*?<time>(.*?)</time>}s : ();
    print "$time: ", $file ? scalar(@{ $file->waypoints }) . " waypoints, $written" : $problem, "\n";
}
PL
perl run.pl > seen
cat seen
cat > expected <<'TEXT'
2024-06-18T10:15:30.583Z: 2 waypoints, 2024-06-18T10:15:30Z
2024-06-18T10:15:30+09:00: 2 waypoints, 2024-06-18T01:15:30Z
1970-01-01T00:00:00Z: 2 waypoints, 1970-01-01T00:00:00Z
1948-10-12T00:00:00Z: Invalid date format: -669686400
TEXT
diff expected seen

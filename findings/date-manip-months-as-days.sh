#!/usr/bin/env bash
# Library: Perl Date::Manip 6.91 (Debian libdate-manip-perl 6.91-1), in English, Russian and French.
# Expected: a month and a year in words are the first day of the month, as `1948-10` is, or no date.
# Seen: the year is taken apart: its first two digits are the day and its last two the year. `October 1948` is 19 October 1948,
#   `октябрь 1948` and `octobre 1948` too, and every month after 1999 is its 20th day. `1950s` is ten to eight this evening, and
#   `18-06-2024` is 21 June 2018 with a rest that is not read. A day in words is right in the three languages.
# For readers of the timeline: take `date`, or the bounds beside it, and not `date_text`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 libdate-manip-perl=6.91-1 > /dev/null 2>&1
dpkg-deb --extract libdate-manip-perl*.deb root
export PERL5LIB="$folder/root/usr/share/perl5"
cat > run.pl <<'PL'
use strict;
use warnings;
use utf8;
use Date::Manip::Date;
binmode STDOUT, ":utf8";

my %texts = (
    English => ["12 October 1948", "1948-10", "October 1948", "June 2024", "1950s", "18-06-2024"],
    Russian => ["12 октября 1948", "октябрь 1948", "июнь 2024"],
    French  => ["12 octobre 1948", "octobre 1948", "juin 2024"],
);
for my $language (qw(English Russian French)) {
    for my $text (@{ $texts{$language} }) {
        my $date = Date::Manip::Date->new;
        $date->config("Language", $language, "DateFormat", "non-US", "ForceDate", "2026-12-01-12:00:00,Etc/UTC");
        my $error = $date->parse($text);
        print "$text: ", $error ? "error" : $date->printf("%Y-%m-%d %H:%M"), "\n";
    }
}
PL
perl run.pl > seen
cat seen
cat > expected <<'TEXT'
12 October 1948: 1948-10-12 00:00
1948-10: 1948-10-01 00:00
October 1948: 1948-10-19 00:00
June 2024: 2024-06-20 00:00
1950s: 2026-12-01 19:50
18-06-2024: 2018-06-21 00:00
12 октября 1948: 1948-10-12 00:00
октябрь 1948: 1948-10-19 00:00
июнь 2024: 2024-06-20 00:00
12 octobre 1948: 1948-10-12 00:00
octobre 1948: 1948-10-19 00:00
juin 2024: 2024-06-20 00:00
TEXT
diff expected seen

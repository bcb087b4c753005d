#!/usr/bin/env bash
# Library: Perl Text::Names 0.46 (Debian libtext-names-perl 0.46-2), `samePerson` and `parseName`.
# Expected: 김정은 and 최선희 are two people, as Kim Jong Un and Kim Jong Il are, who share a surname.
# Seen: letters other than Latin ones are removed before names are compared, so any two names in Cyrillic or in Hangul are one
#   person: 김정은 and 최선희, Лавров and Путин. In Latin letters the answers are right. `O Jin U` is taken for initials: its
#   surname is `O. Jin` and its given name `U.`.
# For readers of the timeline: match names by `/v1/participants/resolve`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 libtext-names-perl=0.46-2 libtext-capitalize-perl=1.5-2 \
  libtext-levenshteinxs-perl=0.03-5+b1 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
export PERL5LIB="$folder/root/usr/share/perl5:$folder/root/usr/lib/x86_64-linux-gnu/perl5/5.36"
cat > run.pl <<'PL'
use strict;
use warnings;
use utf8;
use Text::Names qw(samePerson parseName);
binmode STDOUT, ":utf8";

my @pairs = (
    ["Kim, Jong Un", "Kim, Jong Il"],
    ["김, 정은", "김, 정일"],
    ["김, 정은", "최, 선희"],
    ["Lavrov, Sergey", "Lavrov, Semyon"],
    ["Лавров, Сергей", "Лавров, Семён"],
    ["Лавров, Сергей", "Путин, Владимир"],
);
for my $pair (@pairs) {
    print "$pair->[0] and $pair->[1]: ", defined samePerson(@$pair) ? "one person" : "two people", "\n";
}
print "$_: ", join(" | ", parseName($_)), "\n" for "Kim, Jong Un", "O Jin U";
PL
perl run.pl > seen
cat seen
cat > expected <<'TEXT'
Kim, Jong Un and Kim, Jong Il: two people
김, 정은 and 김, 정일: one person
김, 정은 and 최, 선희: one person
Lavrov, Sergey and Lavrov, Semyon: two people
Лавров, Сергей and Лавров, Семён: one person
Лавров, Сергей and Путин, Владимир: one person
Kim, Jong Un: Jong Un | Kim
O Jin U: U. | O. Jin
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: Rasqal 0.9.33, `roqet` (Debian rasqal-utils 0.9.33-2), with Raptor 2.0.15 as its parser.
# Expected: SPARQL functions know every letter: the flag `i` finds Договор by договор, and UCASE writes ДОГОВОР; GROUP_CONCAT
#   puts its separator between the values.
# Seen: UCASE, LCASE and the flag `i` change Latin letters only, and a dot of a pattern is one byte, so five dots do not match
#   five Korean characters, which STRLEN counts as five. The separator of GROUP_CONCAT is read and not used: a space stands
#   between the values. An answer without rows has no header in CSV. No case is an error or a warning.
# For readers of the timeline: ask `/v1/events?q=`, which knows the letters, or load `timeline.nt` into Oxigraph.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 rasqal-utils=0.9.33-2 librasqal3=0.9.33-2 libraptor2-0=2.0.15-4+deb12u1 \
  libmhash2=0.9.9.9-9 libyajl2=2.1.0-3+deb12u2 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
LD_LIBRARY_PATH=$(dirname "$(find "$folder/root" -name 'librasqal.so*' | head -n 1)")
export LD_LIBRARY_PATH
cat > events.nt <<'NT'
<http://timeline.example/1> <http://schema.org/name> "Договор"@ru .
<http://timeline.example/1> <http://schema.org/name> "외교 관계"@ko .
<http://timeline.example/1> <http://schema.org/name> "Treaty"@en .
NT
ask() {
  printf '%s: ' "$1"
  # The exit code is 2 also for an answer without an error.
  { root/usr/bin/roqet -q -i sparql -r csv -D events.nt -e "PREFIX s: <http://schema.org/> $2" || true; } | tr -d '\r' | paste -sd'|' -
}
{
  ask "as written" 'SELECT ?n WHERE { ?e s:name ?n FILTER(REGEX(?n, "Договор")) }'
  ask "flag i, Latin" 'SELECT ?n WHERE { ?e s:name ?n FILTER(REGEX(?n, "TREATY", "i")) }'
  ask "flag i, Cyrillic" 'SELECT ?n WHERE { ?e s:name ?n FILTER(REGEX(?n, "договор", "i")) }'
  ask "upper case" 'SELECT (UCASE(?n) AS ?u) WHERE { ?e s:name ?n }'
  ask "five dots" 'SELECT ?n WHERE { ?e s:name ?n FILTER(REGEX(?n, "^.{5}$")) }'
  ask "length" 'SELECT ?n WHERE { ?e s:name ?n FILTER(STRLEN(?n) = 5) }'
  ask "joined" 'SELECT (GROUP_CONCAT(?n; SEPARATOR="; ") AS ?all) WHERE { ?e s:name ?n } GROUP BY ?e'
} > seen
cat seen
cat > expected <<'TEXT'
as written: n|Договор
flag i, Latin: n|Treaty
flag i, Cyrillic: 
upper case: u|Договор|외교 관계|TREATY
five dots: 
length: n|외교 관계
joined: all|Договор 외교 관계 Treaty
TEXT
diff expected seen

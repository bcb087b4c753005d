#!/usr/bin/env bash
# Library: Tcllib 1.21, `bibtex` 0.7 (Debian tcllib 1.21+dfsg-1), with Tcl 8.6 (Debian tcl8.6), which must be installed.
# Expected: `url={…}` and `url = {…}` are one field; a title keeps its quotation marks, and an author its braces.
# Seen: without spaces the name of a field reaches to the last equals sign before a space: of `url={http://…/1?lang=ko}` the field
#   `url={http://…/1?lang` has the value `ko`. Quotation marks within a title in braces are deleted. Braces are deleted too, so an
#   institution with "and" cannot be told from two authors. An entry in parentheses is skipped with a line on standard error.
# For readers of the timeline: our `.bib` has spaces there and no `and` in authors; take `.csl.json` with `json`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 tcllib=1.21+dfsg-1 > /dev/null 2>&1
dpkg-deb --extract tcllib*.deb root
TCLLIBPATH=$(find "$folder/root" -maxdepth 5 -type d -name 'tcllib*' | grep tcltk | head -n 1)
export TCLLIBPATH
cat > run.tcl <<'TCL'
fconfigure stdout -encoding utf-8
package require bibtex
puts "bibtex [package present bibtex]"
foreach text {
  {@misc{spaced, url = {http://timeline.example/1?lang=ko}, year = {2024}}}
  {@misc{close, url={http://timeline.example/1?lang=ko}, year={2024}}}
  {@misc{quoted, title = {Talks on "peace" and trade}}}
  {@misc{authors, author = {{Ministry of Culture and Sport} and Kim, Jong Un}}}
  {@misc(round, title = {Talks})}
} {
  foreach entry [bibtex::parse $text] {
    puts "[lindex $entry 1]:"
    foreach {name value} [lindex $entry 2] { puts "  $name -> $value" }
  }
}
TCL
tclsh8.6 run.tcl > seen
cat seen
cat > expected <<'TEXT'
bibtex 0.7
spaced:
  url -> http://timeline.example/1?lang=ko
  year -> 2024
close:
  url={http://timeline.example/1?lang -> ko
  year -> 2024
quoted:
  title -> Talks on peace and trade
authors:
  author -> Ministry of Culture and Sport and Kim, Jong Un
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: R bibtex 0.5.1 (Debian r-cran-bibtex 0.5.1-1) with R 4.2.2 (Debian r-base-core), which must be installed.
# Expected: an author in double braces is one institution, and `write.bib` writes back the entries that `read.bib` read.
# Seen: an institution is divided at its "and", also within braces, and its second part loses its first letter: Sport becomes
#   `port`, and 국방성 `방성`. Without an "and" it is whole. The name of a ministry is then a given name and a surname, with
#   braces around the parts. `@online`, and `@article` with `journaltitle` and `date` of BibLaTeX, are left out with a message.
# For readers of the timeline: read `.csl.json` with R jsonlite; our `.bib` is BibLaTeX.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 r-cran-bibtex=0.5.1-1 r-cran-backports=1.4.1-1 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
export R_LIBS="$folder/root/usr/lib/R/site-library" LC_ALL=C.UTF-8
cat > in.bib <<'BIB'
@misc{one, title = {{Talks}}, author = {{Ministry of Culture and Sport}}, year = {2024}}
@misc{two, title = {{Talks}}, author = {{외무성 and 국방성}}, year = {2024}}
@misc{three, title = {{Talks}}, author = {{Министерство культуры и спорта}}, year = {2024}}
@online{four, title = {{Talks}}, organization = {{Timeline}}, date = {2024-06-18}}
@article{five, title = {{Talks}}, journaltitle = {{TASS}}, date = {2024-06-18}}
BIB
cat > run.R <<'R'
library(bibtex)
entries <- suppressMessages(read.bib("in.bib"))
for (index in seq_along(entries)) {
  entry <- unclass(entries[[index]])[[1]]
  cat(attr(entry, "key"), ":", paste0("[", format(entry$author), "]"), "\n")
}
suppressMessages(write.bib(entries, "out.bib", verbose = FALSE))
cat(grep("author", readLines("out.bib"), value = TRUE), sep = "\n")
R
Rscript --vanilla run.R 2> /dev/null > seen
cat seen
cat > expected <<'TEXT'
one : [Ministry of Culture] [port] 
two : [외무성] [방성] 
three : [Министерство культуры и спорта] 
  author = {Ministry {of Culture} and {port}},
  author = {{외무성} and {방성}},
  author = {{Министерство культуры и спорта}},
TEXT
diff expected seen

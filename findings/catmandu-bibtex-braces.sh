#!/usr/bin/env bash
# Library: Perl Catmandu::BibTeX 0.21 (Debian libcatmandu-bibtex-perl 0.21-2, with the packages that it needs there).
# Expected: a `.bib` that it reads and writes again has the same authors, months and dates.
# Seen: each value is written in double braces, so of two authors one remains, who is called "Kim, Jong Un and Лавров, Сергей".
#   The macro `oct` becomes `{{October}}`, the type an additional field `type`, `\&` a bare `&`; `date` of BibLaTeX, `urldate`
#   and `langid` are left out. Each round adds a pair of braces to addresses.
# For readers of the timeline: read `.bib` with it, and do not write it; take `.csl.json` to pass on.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mapfile -t needed < <(apt-get install --simulate --no-install-recommends libcatmandu-bibtex-perl=0.21-2 2> /dev/null \
  | sed -nE 's/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+).*/\1=\3/p')
apt-get download --quiet=2 "${needed[@]}" > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
compiled=$(find "$folder/root/usr/lib" -type d -path '*/perl5/5.*' -prune | head -n 1)
export PERL5LIB="$folder/root/usr/share/perl5:$compiled"
cat > in.bib <<'BIB'
@online{talks,
  title = {{Talks}},
  author = {Kim, Jong Un and Лавров, Сергей},
  year = {1948},
  month = oct,
  date = {1948-10-12},
  urldate = {2026-12-01},
  langid = {russian},
  url = {http://timeline.example/1},
  note = {Trade \& more},
}
BIB
cat > run.pl <<'PL'
use strict;
use warnings;
use Catmandu;
binmode STDOUT, ":utf8";

for my $round (["in.bib", "once.bib"], ["once.bib", "twice.bib"]) {
    my $writer = Catmandu->exporter("BibTeX", file => $round->[1]);
    Catmandu->importer("BibTeX", file => $round->[0])->each(sub {
        my ($entry) = @_;
        print "$round->[0]: ", scalar(@{ $entry->{author} }), " author(s): ", join(" | ", @{ $entry->{author} }), "\n";
        $writer->add($entry);
    });
    $writer->commit;
}
PL
{
  perl run.pl
  grep . once.bib
  grep -E 'title|url' twice.bib
} > seen
cat seen
cat > expected <<'TEXT'
in.bib: 2 author(s): Kim, Jong Un | Лавров, Сергей
once.bib: 1 author(s): Kim, Jong Un and Лавров, Сергей
@online{talks,
  author       = {{Kim, Jong Un and Лавров, Сергей}},
  month        = {{October}},
  note         = {{Trade & more}},
  title        = {{Talks}},
  type         = {{online}},
  url          = {{http://timeline.example/1}},
  year         = {{1948}},
}
  title        = {{Talks}},
  url          = {{{http://timeline.example/1}}},
TEXT
diff expected seen

#!/usr/bin/env bash
# Library: PHP EasyRdf 1.0.0 (Debian php-easyrdf 1.0.0-3) with PHP 8.2, serializers `turtle`, `ntriples` and `rdfxml`.
# Expected: a double is written with its own digits in every format.
# Seen: Turtle writes each double with seven digits, so 129.075123 becomes 129.0751 and 12345678 becomes 12345680. N-Triples
#   and RDF/XML of the same graph keep them, and a decimal is kept everywhere.
# For readers of the timeline: write N-Triples with it; our own coordinates have seven digits or fewer.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 php-easyrdf=1.0.0-3 php8.2-cli=8.2.36-1~deb12u1 php8.2-common=8.2.36-1~deb12u1 \
  php8.2-mbstring=8.2.36-1~deb12u1 php8.2-xml=8.2.36-1~deb12u1 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
cat > places.nt <<'NT'
<http://timeline.example/1> <http://schema.org/longitude> "1.29075123E2"^^<http://www.w3.org/2001/XMLSchema#double> .
<http://timeline.example/1> <http://schema.org/latitude> "39.0392"^^<http://www.w3.org/2001/XMLSchema#double> .
<http://timeline.example/1> <http://schema.org/elevation> "129.075123"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<http://timeline.example/1> <http://schema.org/size> "1.2345678E7"^^<http://www.w3.org/2001/XMLSchema#double> .
NT
cat > run.php <<'PHP'
<?php
error_reporting(E_ALL & ~E_DEPRECATED);
spl_autoload_register(function (string $class): void {
    require $_SERVER['argv'][1] . '/' . str_replace('\\', '/', $class) . '.php';
});
$graph = new EasyRdf\Graph();
$graph->parse(file_get_contents('places.nt'), 'ntriples', 'http://timeline.example/');
foreach (['turtle', 'ntriples', 'rdfxml'] as $format) {
    $lines = preg_grep('/longitude|latitude|elevation|size/', preg_split('/[;\n]/', $graph->serialise($format)));
    foreach ($lines as $line) {
        preg_match('/[>" ](-?[0-9.]+(?:[eE][+]?[0-9]+)?)(?:["<]|$)/', trim($line, ' .'), $found);
        $numbers[$format][] = $found[1];
    }
    echo "$format: ", implode(', ', $numbers[$format]), "\n";
}
PHP
modules=$(find "$folder/root/usr/lib/php" -name 'mbstring.so' -exec dirname {} \;)
root/usr/bin/php8.2 -n -d extension_dir="$modules" -d extension=mbstring -d extension=ctype -d extension=dom \
  -d extension=xml run.php "$folder/root/usr/share/php" > seen
cat seen
cat > expected <<'TEXT'
turtle: 1.290751e+2, 3.903920e+1, 129.075123, 1.234568e+7
ntriples: 1.29075123E2, 39.0392, 129.075123, 1.2345678E7
rdfxml: 1.29075123E2, 39.0392, 129.075123, 1.2345678E7
TEXT
diff expected seen

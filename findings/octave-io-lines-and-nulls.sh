#!/usr/bin/env bash
# Library: Octave packages io 2.6.4 (`csv2cell`, `cell2csv`) and jsonlab 2.0 (`loadjson`, `savejson`), with Octave 7.3
#   (Debian octave-io 2.6.4-3, octave-jsonlab 2.0-2, and the packages that they need there).
# Expected: a quoted cell may have two lines, and JSON that is read and written again has its nulls and digits.
# Seen: a cell with two lines is empty, the cells after it are lost, and an empty row follows; nothing is said. `cell2csv` writes
#   such a text without quotation marks, as two rows. jsonlab writes null as `[]`, so a feature without a place has the
#   geometry `[]`, which is invalid GeoJSON; numbers have ten digits: 43.1155412345 is 43.11554123.
# For readers of the timeline: read `.ndjson` with jsondecode, and put NaN where null was: jsonencode writes null for it.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mapfile -t needed < <(apt-get install --simulate --no-install-recommends octave-io=2.6.4-3 octave-jsonlab=2.0-2 2> /dev/null \
  | sed -nE 's/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+).*/\1=\3/p')
apt-get download --quiet=2 "${needed[@]}" > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
LD_LIBRARY_PATH=$(find "$folder/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd: -)
export LD_LIBRARY_PATH OCTAVE_HOME="$folder/root/usr" OCTAVE_EXEC_HOME="$folder/root/usr" LC_ALL=C.UTF-8 FOLDER="$folder/root/usr"
printf 'id,title,note,page\na,Визит,plain,1\nb,외교 관계,"two\nlines",2\nc,Talks,"a, ""b""",3\n' > in.csv
cat > run.m <<'M'
addpath(genpath([getenv("FOLDER") "/share/octave/packages"]));
for folder = glob([getenv("FOLDER") "/lib/*/octave/packages"])'
  addpath(genpath(folder{1}));
end
cells = csv2cell("in.csv");
for row = 1:rows(cells)
  printf("[%s]", cellfun(@num2str, cells(row, :), "UniformOutput", false){:});
  printf("\n");
end
cell2csv("out.csv", {"b", "two\nlines", 2});
printf("%s", fileread("out.csv"));
text = '{"type":"Feature","geometry":null,"properties":{"latitude":43.1155412345,"note":"x"}}';
printf("%s\n", strtrim(savejson("", loadjson(text), "Compact", 1)));
M
root/usr/bin/octave-cli --no-init-file --quiet run.m > seen 2> errors || cat errors
cat seen
cat > expected <<'TEXT'
[id][title][note][page]
[a][Визит][plain][1]
[b][외교 관계][][]
[][][][]
[c][Talks][a, "b"][3]
b,two
lines,2
{"type":"Feature","geometry":[],"properties":{"latitude":43.11554123,"note":"x"}}
TEXT
diff expected seen

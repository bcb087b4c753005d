#!/usr/bin/env bash
# Library: npm @citation-js/plugin-cff 0.7.3 with @citation-js/core 0.7.21.
# Expected: a CITATION.cff that it reads and writes keeps the day of publication, whatever it cites: `date-released` is for
#   software and datasets alike (Citation File Format 1.2.0).
# Seen: of software the day is kept, of a dataset it is left out, though it was read. The licence and the identifiers that are
#   no URL are left out of both, and the message speaks of software.
# For readers of the timeline: a release is a dataset. Take its `CITATION.cff` as it is, or the CSL-JSON that the library reads
#   from it, which has the day.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @citation-js/core@0.7.21 @citation-js/plugin-cff@0.7.3
cat > run.cjs <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-cff");

const source = (type) => `cff-version: 1.2.0
message: Please cite the release that you used.
type: ${type}
title: Russia–DPRK Timeline
version: 2026-12
date-released: '2026-12-01'
authors:
- name: Example Institute
license: CC-BY-4.0
identifiers:
- type: other
  value: sha256:6678d5bf
`;
for (const type of ["software", "dataset"]) {
  const cite = new Cite(source(type));
  console.log("read:", JSON.stringify(cite.data[0].issued));
  console.log(cite.format("cff"));
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
read: {"date-parts":[[2026,12,1]]}
cff-version: 1.2.0
message: Please cite the following works when using this software.
type: software
authors:
  - name: Example Institute
date-released: 2026-12-01
title: Russia–DPRK Timeline
version: 2026-12

read: {"date-parts":[[2026,12,1]]}
cff-version: 1.2.0
message: Please cite the following works when using this software.
type: dataset
authors:
  - name: Example Institute
title: Russia–DPRK Timeline
version: 2026-12

TEXT
diff expected seen

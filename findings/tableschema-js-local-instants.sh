#!/usr/bin/env bash
# Library: npm tableschema 1.12.6, `Field.castValue`.
# Expected: an instant in the default format of Table Schema is in UTC, as its Z says, wherever the program runs.
# Seen: the Z is read as a letter, and the instant as local time: in Moscow 10:15:30Z becomes 07:15:30Z, in Pyongyang 01:15:30Z,
#   and may be on the day before. In UTC nothing shows. With the format `any` it is right.
# For readers of the timeline: its instants have a fraction, which this default format refuses, so none is misread. Give their
#   columns the format `any`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund tableschema@1.12.6
cat > run.cjs <<'JS'
const { Field } = require("tableschema");

const cast = (format, value) => new Field({ name: "updated_at", type: "datetime", format }).castValue(value).toISOString();
for (const value of ["2026-11-30T10:15:30Z", "2026-11-30T00:15:30Z"]) {
  console.log(process.env.TZ, value, "default:", cast("default", value), "any:", cast("any", value));
}
JS
for zone in UTC Europe/Moscow Asia/Pyongyang; do TZ=$zone node run.cjs; done > seen
cat seen
cat > expected <<'TEXT'
UTC 2026-11-30T10:15:30Z default: 2026-11-30T10:15:30.000Z any: 2026-11-30T10:15:30.000Z
UTC 2026-11-30T00:15:30Z default: 2026-11-30T00:15:30.000Z any: 2026-11-30T00:15:30.000Z
Europe/Moscow 2026-11-30T10:15:30Z default: 2026-11-30T07:15:30.000Z any: 2026-11-30T10:15:30.000Z
Europe/Moscow 2026-11-30T00:15:30Z default: 2026-11-29T21:15:30.000Z any: 2026-11-30T00:15:30.000Z
Asia/Pyongyang 2026-11-30T10:15:30Z default: 2026-11-30T01:15:30.000Z any: 2026-11-30T10:15:30.000Z
Asia/Pyongyang 2026-11-30T00:15:30Z default: 2026-11-29T15:15:30.000Z any: 2026-11-30T00:15:30.000Z
TEXT
diff expected seen

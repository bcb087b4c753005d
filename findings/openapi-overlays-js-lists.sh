#!/usr/bin/env bash
# Library: npm openapi-overlays-js 0.2.0, the command `overlayjs`, given overlays of the version 1.0.0.
# Expected: an update whose target is a list adds the value at its end, as the Overlay Specification says. `remove: false`, which
#   is its default, changes nothing.
# Seen: the list becomes an object with the keys "0", "1" and those of the value, so that the document is no OpenAPI. An action
#   with `remove: false` removes its target and ignores its `update`. Each exits with 0.
# For readers of the timeline: to add a parameter or a tag to our `openapi.json`, give the list's owner as the target and the new
#   items in a list: that appends. Leave out `remove: false`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openapi-overlays-js@0.2.0 2> /dev/null
cat > api.yaml <<'YAML'
openapi: 3.1.0
info: {title: Timeline, version: "1"}
tags: [{name: events}]
paths:
  /v1/events: {get: {summary: Events, responses: {"200": {description: Some}}}}
YAML
overlay() {
  printf 'overlay: 1.0.0\ninfo: {title: Ours, version: "1"}\nactions:\n  - {target: "%s", %s}\n' "$1" "$2" > overlay.yaml
  echo "== $1 $2"
  node_modules/.bin/overlayjs --openapi api.yaml --overlay overlay.yaml | sed '1,/^  version/d;/^$/d'
}
{
  overlay "\$.tags" "update: {name: places}"
  overlay "\$" "update: {tags: [{name: places}]}"
  overlay "\$.paths['/v1/events'].get" "update: {summary: Événements}"
  overlay "\$.paths['/v1/events'].get" "update: {summary: Événements}, remove: false"
} > seen
cat seen
cat > expected <<'TEXT'
== $.tags update: {name: places}
tags:
  '0':
    name: events
  name: places
paths:
  /v1/events:
    get:
      summary: Events
      responses:
        '200':
          description: Some
== $ update: {tags: [{name: places}]}
tags:
  - name: events
  - name: places
paths:
  /v1/events:
    get:
      summary: Events
      responses:
        '200':
          description: Some
== $.paths['/v1/events'].get update: {summary: Événements}
tags:
  - name: events
paths:
  /v1/events:
    get:
      summary: Événements
      responses:
        '200':
          description: Some
== $.paths['/v1/events'].get update: {summary: Événements}, remove: false
tags:
  - name: events
paths:
  /v1/events: {}
TEXT
diff expected seen

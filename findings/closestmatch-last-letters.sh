#!/usr/bin/env bash
# Library: Go github.com/schollz/closestmatch 2.1.0 (Debian golang-github-schollz-closestmatch-dev 2.1.0-3), with Go 1.19.
# Expected: a name that is in the set is the closest to itself, and the same question has the same answer.
# Seen: the last piece of each word is never compared (`i < len(word)-j`), and pieces are of bytes. Of Kim Jong Un and Kim Jong Il
#   each may be the answer for either, by chance of the order of a map; so it is with 김정은 and 김정일. `Ким Чен Ын` finds
#   `Ким Чен Ир` every time, since the rarer pieces of the shorter ending weigh more. Names that differ earlier are found.
# For readers of the timeline: match names by `/v1/participants/resolve`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 golang-github-schollz-closestmatch-dev=2.1.0-3 golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
export GOROOT="$folder/root/usr/lib/go-1.19" GOPATH="$folder/root/usr/share/gocode" GO111MODULE=off GOCACHE="$folder/cache" GOFLAGS=
cat > run.go <<'GO'
package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/schollz/closestmatch"
)

func main() {
	names := []string{"Ким Чен Ын", "Ким Чен Ир", "Сергей Лавров", "Kim Jong Un", "Kim Jong Il", "Sergey Lavrov", "김정은", "김정일", "최선희"}
	for _, name := range []string{"Сергей Лавров", "최선희", "Ким Чен Ын", "Kim Jong Un", "김정은"} {
		answers := map[string]bool{}
		for count := 0; count < 200; count++ {
			answers[closestmatch.New(names, []int{2, 3}).Closest(name)] = true
		}
		var found []string
		for answer := range answers {
			found = append(found, answer)
		}
		sort.Strings(found)
		fmt.Printf("%s: %s\n", name, strings.Join(found, " or "))
	}
}
GO
"$GOROOT/bin/go" run run.go > seen
cat seen
cat > expected <<'TEXT'
Сергей Лавров: Сергей Лавров
최선희: 최선희
Ким Чен Ын: Ким Чен Ир
Kim Jong Un: Kim Jong Il or Kim Jong Un
김정은: 김정은 or 김정일
TEXT
diff expected seen

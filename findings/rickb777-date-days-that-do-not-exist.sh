#!/usr/bin/env bash
# Library: Go github.com/rickb777/date 1.20.1 (Debian golang-github-rickb777-date-dev 1.20.1-1), with Go 1.19.
# Expected: a day that does not exist is an error, and a period keeps its length.
# Seen: `AutoParse` takes the 18 of 06/18/2024 for a month, and counts on: 6 June 2025. 2024-06-31 is 1 July and 2024-02-30 is
#   1 March, also for `ParseISO`. Of a fraction of a second the first digit stays. `Normalise(false)` makes 400 days a year, a
#   month and 4.3 days. The difference from 12 October 1948 to 18 June 2024 is an error of the function about its own result,
#   76 years and minus 4 months; to 12 November it is right.
# For readers of the timeline: parse `date` with `time.Parse("2006-01-02", …)`, and count in days.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 golang-github-rickb777-date-dev=1.20.1-1 golang-github-rickb777-plural-dev=1.3.0-2 golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2 > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
export GOROOT="$folder/root/usr/lib/go-1.19" GOPATH="$folder/root/usr/share/gocode" GO111MODULE=off GOCACHE="$folder/cache" GOFLAGS=
cat > run.go <<'GO'
package main

import (
	"fmt"
	"time"

	"github.com/rickb777/date"
	"github.com/rickb777/date/period"
)

func between(from, to string) (answer string) {
	defer func() {
		if problem := recover(); problem != nil {
			answer = fmt.Sprint(problem)
		}
	}()
	first, _ := time.Parse("2006-01-02", from)
	last, _ := time.Parse("2006-01-02", to)
	return period.Between(first, last).String()
}

func main() {
	for _, text := range []string{"1948-10-12", "18/06/2024", "06/18/2024", "2024-06-31", "2024-02-30", "2024-13-01", "2024-06"} {
		found, err := date.AutoParse(text)
		fmt.Println(text, "=", found, err)
	}
	_, err := time.Parse("2006-01-02", "2024-06-31")
	fmt.Println("time.Parse:", err)
	for _, text := range []string{"P1D", "PT0.583314S", "P400D"} {
		fmt.Println(text, "=", period.MustParse(text), period.MustParse(text).Normalise(false))
	}
	fmt.Println(between("1948-10-12", "2024-11-12"))
	fmt.Println(between("1948-10-12", "2024-06-18"))
}
GO
"$GOROOT/bin/go" run run.go > seen
cat seen
cat > expected <<'TEXT'
1948-10-12 = 1948-10-12 <nil>
18/06/2024 = 2024-06-18 <nil>
06/18/2024 = 2025-06-06 <nil>
2024-06-31 = 2024-07-01 <nil>
2024-02-30 = 2024-03-01 <nil>
2024-13-01 = 2025-01-01 <nil>
2024-06 = 1970-01-01 Date.ParseISO: cannot parse "2024-06": incorrect length
time.Parse: parsing time "2024-06-31": day out of range
P1D = P1D P1D
PT0.583314S = PT0.5S PT0.5S
P400D = P400D P1Y1M4.3D
P76Y1M
Periods must have homogeneous signs; got P76Y-4M6DT0H0M0S
TEXT
diff expected seen

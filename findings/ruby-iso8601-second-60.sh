#!/usr/bin/env bash
# Library: Ruby iso8601 0.13.0 (Debian ruby-iso8601 0.13.0-1), with the `time` of Ruby 3.1 beside it.
# Expected: an instant with microseconds is written as it was read, or its fraction is cut off.
# Seen: `to_s` rounds to a tenth and carries nothing: `10:15:59.983314Z` is `10:15:60+00:00`, which the library itself refuses,
#   and 23:59:59.983314 of 18 June 2024 is a second 60 too, though it had no leap second. A second later it is 00:00:01.
# For readers of the timeline: read instants with `Time.iso8601`; `to_f` of the library is exact to a microsecond.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 ruby-iso8601=0.13.0-1 ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1 \
  > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
machine=$(basename "$(dirname "$(find root -name 'libruby-3.1.so.3.1' | head -n 1)")")
export LD_LIBRARY_PATH="$folder/root/usr/lib/$machine"
export RUBYLIB="$folder/root/usr/lib/ruby/vendor_ruby:$folder/root/usr/lib/ruby/3.1.0:$folder/root/usr/lib/$machine/ruby/3.1.0"
cat > run.rb <<'RB'
require "iso8601"
require "time"

def again(text)
  ISO8601::DateTime.new(text).to_s
rescue ISO8601::Errors::StandardError => e
  e.class.name
end

%w[2026-12-01T12:12:21Z 2024-06-18T10:15:30.25Z 2024-06-18T10:15:59.983314Z 2024-06-18T23:59:59.983314Z].each do |text|
  instant = ISO8601::DateTime.new(text)
  puts "#{text}: #{instant}, read again: #{again(instant.to_s)}, a second later: #{instant + 1}, Time: #{Time.iso8601(text).iso8601(6)}"
end
RB
root/usr/bin/ruby3.1 --disable-gems run.rb > seen
cat seen
cat > expected <<'TEXT'
2026-12-01T12:12:21Z: 2026-12-01T12:12:21+00:00, read again: 2026-12-01T12:12:21+00:00, a second later: 2026-12-01T12:12:22+00:00, Time: 2026-12-01T12:12:21.000000Z
2024-06-18T10:15:30.25Z: 2024-06-18T10:15:30.3+00:00, read again: 2024-06-18T10:15:30.3+00:00, a second later: 2024-06-18T10:15:31.3+00:00, Time: 2024-06-18T10:15:30.250000Z
2024-06-18T10:15:59.983314Z: 2024-06-18T10:15:60+00:00, read again: ISO8601::Errors::RangeError, a second later: 2024-06-18T10:16:01+00:00, Time: 2024-06-18T10:15:59.983314Z
2024-06-18T23:59:59.983314Z: 2024-06-18T23:59:60+00:00, read again: ISO8601::Errors::RangeError, a second later: 2024-06-19T00:00:01+00:00, Time: 2024-06-18T23:59:59.983314Z
TEXT
diff expected seen

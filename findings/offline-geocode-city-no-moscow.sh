#!/usr/bin/env bash
# Library: npm offline-geocode-city 1.0.2, `getNearestCity`; beside it @rapideditor/country-coder 5.6.1 for the country.
# Expected: the nearest city to the middle of a capital is the capital; a small library knows the big cities first. The country
#   is the one in which the point lies.
# Seen: of all cities in a cell of the map one is kept, and that is often a suburb. The middle of Moscow is Golitsyno, a town 40 km
#   away, the middle of Seoul is Hanam, and no point of the 90,000 square kilometres around Moscow is Moscow. The country is
#   the nearest city's, so the Russian towns of Khasan and Zabaykalsk lie in the DPRK and in China.
# For readers of the timeline: our features have `place`, `place_name` and `country`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund offline-geocode-city@1.0.2 @rapideditor/country-coder@5.6.1
cat > run.mjs <<'JS'
import { iso1A2Code } from "@rapideditor/country-coder";
import { getNearestCity } from "offline-geocode-city";

for (const [name, latitude, longitude] of [
  ["Pyongyang", 39.0392, 125.7625],
  ["Vladivostok", 43.1155, 131.8855],
  ["Moscow", 55.7558, 37.6173],
  ["Seoul", 37.5665, 126.978],
  ["Khasan", 42.4289, 130.6413],
  ["Zabaykalsk", 49.6519, 117.3268],
]) {
  const { cityName, countryIso2 } = getNearestCity(latitude, longitude);
  console.log(name, "=", cityName, countryIso2, "| country-coder:", iso1A2Code([longitude, latitude]));
}
const cities = new Set();
for (let north = -150; north <= 150; north += 3)
  for (let east = -150; east <= 150; east += 3)
    cities.add(getNearestCity(55.7558 + north / 111.2, 37.6173 + east / 62.6).cityName);
console.log("around Moscow:", cities.size > 20 ? "more than 20 towns" : cities.size, cities.has("Moscow"));
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
Pyongyang = Pyongyang KP | country-coder: KP
Vladivostok = Vladivostok RU | country-coder: RU
Moscow = Golitsyno RU | country-coder: RU
Seoul = Hanam KR | country-coder: KR
Khasan = Sŏnbong KP | country-coder: RU
Zabaykalsk = Manzhouli CN | country-coder: RU
around Moscow: more than 20 towns false
TEXT
diff expected seen

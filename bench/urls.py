"""Lists of different URLs of one kind, so that hardly two requests are alike."""

import json
import random
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

_TYPES = ("meeting", "visit", "letter", "ceremony", "statement")
# So many events are enough for single ones.
_EVENTS = 5000
_COUNT = 20_000


class Urls:
    """Makes paths from the content of a running server."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._chance = random.Random(11)
        self._people = [
            person["id"]
            for country in ("KP", "RU")
            for person in self._get(f"/v1/participants?country={country}&limit=200")["items"]
        ]
        events = self._get("/v1/events?limit=200")["items"]
        words = {w.strip(".,;()'\"").lower() for e in events for w in e["summary"]["en"].split()}
        self._words = sorted(word for word in words if len(word) > 4)
        self.makers: dict[str, Callable[[], str]] = {
            "page": self._page,
            "filtered": self._filtered,
            "one": self._one,
            "search": self._search,
            "facets": self._facets,
        }

    def paths(self, kind: str) -> list[str]:
        """Return 20,000 paths of one kind."""
        if kind == "one":
            self._ids = self._event_ids()
        return [self.makers[kind]() for _ in range(_COUNT)]

    def _get(self, path: str) -> Any:
        with urlopen(self._base + path) as answer:
            return json.load(answer)

    def _event_ids(self) -> list[str]:
        ids: list[str] = []
        path: str | None = "/v1/events?limit=200&fields=id"
        while path and len(ids) < _EVENTS:
            page = self._get(path)
            ids += [event["id"] for event in page["items"]]
            following = page["page"]["next"]
            path = following and following[following.index("/v1") :]
        return ids

    def _years(self) -> str:
        first = self._chance.randrange(1946, 2024)
        month = self._chance.randrange(1, 13)
        return f"{first}-{month:02}/{first + self._chance.randrange(3) + 1}"

    def _page(self) -> str:
        chance = self._chance
        year, month, day = chance.randrange(1950, 2025), chance.randrange(12), chance.randrange(28)
        return f"/v1/events?limit=50&date=../{year}-{month + 1:02}-{day + 1:02}"

    def _filtered(self) -> str:
        people = self._chance.choices(self._people, k=2)
        query = [("limit", 50), ("date", self._years()), ("type", self._chance.choice(_TYPES))]
        return "/v1/events?" + urlencode([*query, *(("participant", each) for each in people)])

    def _one(self) -> str:
        return f"/v1/events/{self._chance.choice(self._ids)}"

    def _search(self) -> str:
        words = " ".join(self._chance.sample(self._words, 2))
        until = f"../{self._chance.randrange(1990, 2025)}"
        return "/v1/events?limit=50&" + urlencode({"q": words, "date": until})

    def _facets(self) -> str:
        facets = "&facets=type&facets=year&facets=participant"
        return f"/v1/events?limit=1&date={self._years()}{facets}"

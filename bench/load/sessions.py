"""The readers and writers of a timeline, each as the requests of one session."""

import re
from datetime import UTC, datetime

import httpx

from bench.load.arrivals import Session, Visit

_ASSET = re.compile(r'(?:href|src)="(/assets/[^"]+)"')
_LANGUAGES = ("en", "ru", "ko", "fr")


class Readers:
    """Sessions over the content of one server."""

    def __init__(self, base: str) -> None:
        with httpx.Client(base_url=base, timeout=60, trust_env=False) as client:
            self._events = _ids(client, "/v1/events?limit=200&fields=id")
            self._people = _ids(client, "/v1/participants?limit=200")
        self._after = f"since={datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def kinds(self, *, writes: bool) -> dict[str, tuple[float, Session]]:
        """Return the weight of each kind of session, and the session."""
        kinds: dict[str, tuple[float, Session]] = {
            "browser": (50, self._browser),
            "program": (20, self._program),
            "feed": (14, _feed),
            "mirror": (10, self._mirror),
            "calendar": (5, _calendar),
        }
        return {**kinds, "writer": (1, self._writer)} if writes else kinds

    async def _browser(self, visit: Visit) -> None:
        """Open the list of events with its styles and scripts, then an event, then one of its sources."""
        language = visit.chance.choice(_LANGUAGES)
        page = await visit.get("page", f"/{language}/explore{self._query(visit)}")
        for asset in sorted({*_ASSET.findall(page.text)}) if page else ():
            # Most browsers have been here before.
            if visit.chance.random() < 0.2:
                await visit.get("asset", asset)
        event = visit.chance.choice(self._events)
        page = await visit.get("page", f"/{language}/events/{event}")
        if page and (source := re.search(rf'"(/{language}/sources/[^"?#]+)"', page.text)):
            await visit.get("page", source[1])

    def _query(self, visit: Visit) -> str:
        """Return a filter: many readers ask for the same few, and many ask for one alone."""
        draw = visit.chance.random()
        if draw < 0.4:
            return ""
        if draw < 0.7:
            return f"?date={visit.chance.randrange(1948, 2026)}"
        person, year = visit.chance.choice(self._people), visit.chance.randrange(1948, 2020)
        return f"?participant={person}&date={year}/{year + 6}"

    async def _program(self, visit: Visit) -> None:
        """Ask for a filtered list with counts, for its next page, and for one event."""
        query = self._query(visit) or "?type=visit"
        listed = await visit.get("list", f"/v1/events{query}&facets=type&limit=50")
        following = listed.json()["page"]["next"] if listed else None
        if following:
            await visit.get("list", following[following.index("/v1") :])
        await visit.get("event", f"/v1/events/{visit.chance.choice(self._events)}")

    async def _writer(self, visit: Visit) -> None:
        """Change the note of an event, with the tag of the version that was read."""
        path = f"/v1/events/{visit.chance.choice(self._events)}"
        read = await visit.get("event", path)
        if read:
            headers = {"If-Match": read.headers["etag"], "Authorization": f"Bearer {visit.key}"}
            note = {"note": f"Changed by the load script: {visit.chance.random()}"}
            await visit.send("write", "PATCH", path, headers, note)

    async def _mirror(self, visit: Visit) -> None:
        """Ask for the changes since the last session of the mirror."""
        page = await visit.get("changes", f"/v1/changes?{self._after}&limit=100", again=True)
        if page and page.status_code == 200 and page.json()["items"]:
            self._after = f"after={page.json()['page']['last']}"


async def _feed(visit: Visit) -> None:
    """Revalidate a feed, as feed readers do."""
    await visit.get("feed", f"/v1/events.atom?lang={visit.chance.choice(_LANGUAGES)}", again=True)


async def _calendar(visit: Visit) -> None:
    """Revalidate the calendar of one year."""
    year = visit.chance.randrange(2000, 2026)
    await visit.get("calendar", f"/v1/events.ics?date={year}", again=True)


def _ids(client: httpx.Client, path: str) -> list[str]:
    answer = client.get(path)
    answer.raise_for_status()
    return [item["id"] for item in answer.json()["items"]]

"""`python -m bench`: measure, print the tables, and write docs/performance.md."""

import argparse
import json
import tempfile
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from itertools import chain
from pathlib import Path
from urllib.request import urlopen

from bench import servers
from bench.measure import Figure, Row, find_wrk, measure
from bench.records import write_records
from bench.report import compare, machine, table, write_page
from bench.servers import ROOT, Server
from bench.urls import Urls

PAGE, LETTERS = "/v1/events?limit=50", "/v1/events?limit=50&type=letter&date=1990/2000"
KINDS = ("page", "filtered", "one", "search", "facets")
# The rows that each row is compared with.
RATIOS = {
    "page, again": ("bare", "parameters"),
    "page in gzip, again": ("bare",),
    "one event, again": ("bare",),
    "304, again": ("bare 304",),
    "page, another": ("parameters", "plain page", "Datasette page"),
    "filtered, another": ("Datasette filtered",),
    "one event, another": ("plain one event",),
}
# The beginning of the names of the rows of another checkout.
OTHER = "other: "
# The least that CI accepts. The margins are wide, because other programs share its machine.
LEAST = {
    ("page, again", "bare"): 0.12,
    ("page, another", "plain page"): 5,
    ("one event, another", "plain one event"): 3,
}


def main() -> None:
    """Read the options, and run."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000, help="synthetic events to load")
    parser.add_argument("--seconds", type=float, default=4, help="time of a row in a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--against", type=Path, help="another checkout to measure in turn")
    parser.add_argument("--datasette", type=Path, help="the program datasette, if it is to run")
    parser.add_argument("--postgresql", help="the URL of an empty database to measure as well")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument(
        "--check", action="store_true", help="measure little, and fail if a ratio is far too low"
    )
    options = parser.parse_args()
    load_generator = find_wrk()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        run = _Run(options, Path(folder), running)
        figures = run.measure()
        parts = [machine(load_generator), f"\n## SQLite, {options.events:,} events\n"]
        parts += [table(figures, _ratios(figures)), run.notes()]
        print("\n".join(parts))
        if options.postgresql:
            more = run.measure_postgresql(options.postgresql)
            parts += [f"\n## PostgreSQL, {options.events:,} events\n", table(more, {})]
            print("\n".join(parts[-2:]))
        if options.write:
            write_page(ROOT / "docs/performance.md", parts)
        if options.check:
            _check(figures)


def _ratios(figures: Mapping[str, Figure]) -> dict[str, tuple[str, ...]]:
    """Return the rows that each row is compared with: also its counterpart in another checkout."""
    others = ((name, f"{OTHER}{name}") for name in figures)
    return {name: (*((o,) if o in figures else ()), *RATIOS.get(name, ())) for name, o in others}


def _check(figures: Mapping[str, Figure]) -> None:
    low = [
        f"{name} is {seen:.2g} times as fast as {other}; at least {least:g} is expected"
        for (name, other), least in LEAST.items()
        if (seen := compare(figures, name, other)) < least
    ]
    if low:
        raise SystemExit("\n".join(low))
    print(f"bench: {len(LEAST)} passed, 0 failed")


class _Run:
    """One run: the data, the servers and the rows."""

    def __init__(self, options: argparse.Namespace, folder: Path, running: ExitStack) -> None:
        self._options = options
        self._folder = folder
        self._running = running
        self._notes: list[str] = []

    def measure(self) -> dict[str, Figure]:
        """Measure the product and everything that it is compared with, over SQLite."""
        ours = self._product("ours", ROOT)
        rows = self._rows(ours, "")
        if self._options.against:
            other = self._product("other", self._options.against.resolve())
            # Each row beside its counterpart: a shared machine may be half as fast some minutes later.
            pairs = zip(rows, self._rows(other, OTHER), strict=True)
            rows = [*chain.from_iterable(pairs)]
        rows = [*self._ceilings(ours), *rows, *self._peers(self._folder / "ours.db")]
        return self._measure(rows)

    def measure_postgresql(self, url: str) -> dict[str, Figure]:
        """Measure the product alone over PostgreSQL."""
        self._load("PostgreSQL", ROOT, url)
        server = self._start(servers.product(ROOT, url, self._folder))
        return self._measure([*self._rows(server, "")])

    def notes(self) -> str:
        """Return further figures as a list in Markdown."""
        return "\n".join(["", *self._notes])

    def _measure(self, rows: list[Row]) -> dict[str, Figure]:
        options = self._options
        if options.check:
            needed = {name for pair in LEAST for name in pair}
            rows = [row for row in rows if row.name in needed]
        return measure(rows, options.rounds, options.seconds, options.connections)

    def _product(self, name: str, checkout: Path) -> Server:
        path = self._folder / f"{name}.db"
        url = f"sqlite:///{path}"
        self._load(name, checkout, url)
        self._notes[-1] += f", in a file of {path.stat().st_size / 1e6:,.0f} MB"
        self._notes[-1] += f" (commit {servers.commit_of(checkout)})"
        return self._start(servers.product(checkout, url, self._folder / name))

    def _load(self, name: str, checkout: Path, url: str) -> None:
        records = self._folder / f"{name}.ndjson"
        write_records(records, self._options.events, checkout / "seeds")
        seconds = servers.load(checkout, url, checkout / "seeds", records)
        rate = self._options.events / seconds
        self._notes.append(f"- {name}: {rate:,.0f} events loaded in a second of processor time")

    def _start(self, server: AbstractContextManager[Server]) -> Server:
        return self._running.enter_context(server)

    def _ceilings(self, ours: Server) -> list[Row]:
        body = self._folder / "page.json"
        with urlopen(ours.base + PAGE) as answer:
            body.write_bytes(answer.read())
        server = self._start(servers.ceilings(body))
        return [
            Row("bare", server, "/bare"),
            Row("bare 304", server, "/bare-304"),
            Row("parameters", server, "/constant?limit=50"),
        ]

    def _rows(self, server: Server, prefix: str) -> list[Row]:
        with urlopen(server.base + PAGE) as answer:
            tag, event = answer.headers["etag"], json.load(answer)["items"][7]["id"]
        again = [
            Row(f"{prefix}page, again", server, PAGE),
            Row(f"{prefix}304, again", server, PAGE, {"If-None-Match": tag}),
            Row(f"{prefix}page in gzip, again", server, PAGE, {"Accept-Encoding": "gzip"}),
            Row(f"{prefix}filtered, again", server, LETTERS),
            Row(f"{prefix}one event, again", server, f"/v1/events/{event}"),
        ]
        urls = Urls(server.base)
        return again + [self._another(server, prefix, kind, urls) for kind in KINDS]

    def _another(self, server: Server, prefix: str, kind: str, urls: Urls) -> Row:
        # wrk takes its paths from a file, whose name must not have a space.
        path = self._folder / f"{kind}-{server.pid}"
        path.write_text("".join(f"{each}\n" for each in urls.paths(kind)))
        name = "one event" if kind == "one" else kind
        return Row(f"{prefix}{name}, another", server, paths=path)

    def _peers(self, database: Path) -> list[Row]:
        plain = self._start(servers.plain(database))
        with urlopen(plain.base + "/events?limit=1") as answer:
            slug = json.load(answer)[0]["slug"]
        rows = [
            Row("plain page", plain, "/events?limit=50"),
            Row("plain one event", plain, f"/events/{slug}"),
        ]
        if self._options.datasette:
            # Datasette must know that the file does not change, so it has a copy.
            copy = self._folder / "copy.db"
            copy.write_bytes(database.read_bytes())
            server = self._start(servers.datasette(self._options.datasette, copy))
            flat = "/copy/event.json?_size=50&_nocount=1&_nofacet=1"
            rows += [
                Row("Datasette page", server, f"{flat}&_shape=objects"),
                Row("Datasette filtered", server, f"{flat}&type=letter"),
            ]
        return rows


if __name__ == "__main__":
    main()

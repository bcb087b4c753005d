"""Measure how much more two servers serve than one, behind the cache and over the replicas of compose.yaml.

On a machine with few cores the servers would take the processors from each other, from PostgreSQL and from the load
generator. So each server gets the same small part of a processor, as `docker run --cpus` gives it, and the others
have the rest. `python -m bench.scaling --help` lists the options. It needs wrk, nginx, pgbouncer and Redis.
"""

import argparse
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from bench.measure import Row, find_wrk, measure
from bench.servers import ROOT, Server, children_of, load
from bench.urls import Urls
from tests.support.cluster import Cluster, cluster
from tests.support.rig import Rig, running

KINDS = ("page", "one", "search")
# The controller of version 1: where it is missing, --share must be 0.
_CONTROLLER: Final = Path("/sys/fs/cgroup/cpu")
_PERIOD: Final = 20_000
# To each server: more of them cost each server more.
_CONNECTIONS: Final = 8


def main() -> None:
    """Read the options, measure one server and two in turn, and print the ratios."""
    parser = argparse.ArgumentParser(prog="bench.scaling", description=__doc__)
    parser.add_argument(
        "--share",
        type=float,
        default=0.25,
        help="part of a processor that each server may use (control groups of version 1); 0 is all",
    )
    parser.add_argument("--seconds", type=float, default=8, help="time of a kind in a round")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    find_wrk()
    rates: dict[tuple[str, int], list[float]] = defaultdict(list)
    with cluster() as nodes:
        load(ROOT, nodes.write_url, ROOT / "seeds")
        nodes.catch_up()
        for _ in range(options.rounds):
            for count in (1, 2):
                found = _rates(nodes, count, options)
                print(count, {kind: round(rate) for kind, rate in found.items()}, flush=True)
                for kind, rate in found.items():
                    rates[kind, count].append(rate)
    print(
        "| another each time | one server, 1/s | two servers, 1/s | ratio |\n|---|---:|---:|---:|"
    )
    for kind in KINDS:
        one, two = (statistics.median(rates[kind, count]) for count in (1, 2))
        print(f"| {kind} | {one:,.0f} | {two:,.0f} | {two / one:.2f} |")


def _rates(nodes: Cluster, count: int, options: argparse.Namespace) -> dict[str, float]:
    """Return the requests of each kind that so many servers of one worker answer in a second."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rig = stack.enter_context(running(Rig(nodes, folder, count, workers=1, kept_bytes=0)))
        rows = [*_rows(rig, folder)]
        stack.enter_context(_limited([server.pid for server in rig.servers], options.share))
        figures = measure(rows, 1, options.seconds, _CONNECTIONS * count)
    return {kind: figures[kind].rate for kind in KINDS}


def _rows(rig: Rig, folder: Path) -> Iterator[Row]:
    urls = Urls(rig.url)
    for kind in KINDS:
        paths = folder / kind
        paths.write_text("".join(f"{each}\n" for each in urls.paths(kind)))
        yield Row(kind, Server(rig.url, rig.servers[0].pid), paths=paths)


@contextmanager
def _limited(pids: Sequence[int], share: float) -> Iterator[None]:
    """Give each process and its children a part of a processor, 0 for no limit, until it has ended."""
    groups = []
    for pid in pids if share else ():
        group = _CONTROLLER / f"timeline-{pid}"
        try:
            group.mkdir()
        except OSError as error:
            raise SystemExit(f"no processor can be divided here, use --share 0: {error}") from error
        (group / "cpu.cfs_period_us").write_text(str(_PERIOD))
        (group / "cpu.cfs_quota_us").write_text(str(round(_PERIOD * share)))
        for each in [pid, *children_of(pid)]:
            (group / "cgroup.procs").write_text(str(each))
        groups.append(group)
    try:
        yield
    finally:
        for group in groups:
            for left in (group / "cgroup.procs").read_text().split():
                (_CONTROLLER / "cgroup.procs").write_text(left)
            group.rmdir()


if __name__ == "__main__":
    main()

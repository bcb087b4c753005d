"""The table of figures, as text and as docs/performance.md."""

import os
import platform
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.measure import Figure

_LIBRARIES = ("fastapi", "uvicorn", "uvloop", "httptools", "pydantic", "sqlalchemy", "sqlmodel")
_INTRODUCTION = """# Performance

`make bench` writes this page: it loads synthetic events, and measures the server beside its ceilings and its peers in
one run on one machine. Only ratios mean something elsewhere. The **cost** of a request is the processor time of the
server; the **rate** also depends on the load generator, which shares the machine. Ratios are ratios of costs: `0.5` means
half as fast as the row that it is compared with, `8` eight times as fast.

*Again* asks for one URL again and again; *another* asks for 20,000 different URLs in turn. *Bare* is an ASGI
application of one line that sends the same bytes. *Parameters* is a FastAPI route with the parameters of the list of
events, which sends the same bytes. *Plain* is the same data by FastAPI and SQLModel relationships. *Other* is an older
build of the project.
"""


def table(figures: Mapping[str, Figure], ratios: Mapping[str, tuple[str, ...]]) -> str:
    """Return the figures as a table in Markdown; a ratio compares a row with another one."""
    lines = ["| row | rate, 1/s | cost, µs | compared |", "|---|---:|---:|---|"]
    for name, figure in figures.items():
        compared = "; ".join(
            f"{compare(figures, name, other):.2g} × {other}"
            for other in ratios.get(name, ())
            if other in figures
        )
        lines.append(f"| {name} | {figure.rate:,.0f} | {figure.cost:,.0f} | {compared} |")
    return "\n".join(lines)


def compare(figures: Mapping[str, Figure], name: str, other: str) -> float:
    """Return how many times as fast a row is as another one."""
    return figures[other].cost / figures[name].cost


def machine(load_generator: str) -> str:
    """Return the machine, the versions and the date as a list in Markdown."""
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return "\n".join(
        (
            f"- {datetime.now(UTC):%Y-%m-%d}; {_processor()}, {os.cpu_count()} cores, {platform.system()}",
            f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; {libraries}",
            f"- load generator: {load_generator}",
        )
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def write_page(path: Path, parts: list[str]) -> None:
    """Write the page."""
    path.write_text("\n".join([_INTRODUCTION, *parts]) + "\n")

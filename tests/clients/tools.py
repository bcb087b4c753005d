"""Helpers of the client tests: find a tool, make a folder to generate into, run a scenario.

Tests generate code into a folder of `workspace`, never into the checkout. A missing tool skips the
test with a message that says how to install it; in CI it fails the test.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from app.settings import PROJECT_ROOT

CLIENTS = PROJECT_ROOT / "clients"
DOCUMENT = PROJECT_ROOT / "openapi.json"
_NODE_MODULES = CLIENTS / "node_modules"
# `make clients` installs the tools here; these folders precede the search path.
_FOLDERS = (PROJECT_ROOT / ".venv-clients/bin", _NODE_MODULES / ".bin")
_PATH = os.pathsep.join([*map(str, _FOLDERS), os.environ.get("PATH", "")])
_PACKAGES = {
    "java": "apt-get install openjdk-17-jdk-headless",
    "javac": "apt-get install openjdk-17-jdk-headless",
    "ogrinfo": "apt-get install gdal-bin",
    "ogr2ogr": "apt-get install gdal-bin",
    "node": "apt-get install nodejs npm, 20 or newer",
}
# A timeout that every command keeps on a busy machine.
_SECONDS = 600
# Every scenario prints `ok STEP` for these steps, in this order.
STEPS = (
    "page",
    "filter",
    "kinds",
    "evidence",
    "problems",
    "create",
    "conflict",
    "update",
    "import",
    "changes",
)


class Server(NamedTuple):
    """A running server over a copy of the seeds, and a key that may write to it."""

    url: str
    key: str


def find_tool(name: str) -> str:
    """Return the path of a command; without it skip the test, and in CI fail."""
    found = shutil.which(name, path=_PATH)
    if found is None:
        end = pytest.fail if os.environ.get("CI") else pytest.skip
        end(f"{name} is not installed: {_PACKAGES.get(name, 'make clients')}")
    if _NODE_MODULES in Path(found).parents:
        find_tool("node")  # The command is a script of Node.js, and its error says less.
    return found


def workspace(folder: Path, client: str, document: Path = DOCUMENT) -> Path:
    """Copy `clients/CLIENT` into a new folder, with the OpenAPI document as `openapi.json`.

    The folder above gets package.json and node_modules, where Node.js looks for them.
    """
    copy = folder / "clients" / client
    # Leave out files that a developer generated in the checkout.
    untracked = shutil.ignore_patterns(
        "build", "generated", "timeline_client", "openapi.json", "*.class", "*_cache", "__pycache__"
    )
    shutil.copytree(CLIENTS / client, copy, ignore=untracked)
    shutil.copy(document, copy / "openapi.json")
    shutil.copy(CLIENTS / "package.json", copy.parent)
    (copy.parent / "node_modules").symlink_to(_NODE_MODULES)
    return copy


def run(command: str | Sequence[str], folder: Path, **variables: str) -> str:
    """Run a command in the folder, and return both output streams; fail unless it exits with 0."""
    done = attempt(command, folder, **variables)
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


def attempt(
    command: str | Sequence[str], folder: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder without a shell; `stdout` of the result has both streams."""
    words = shlex.split(command) if isinstance(command, str) else [*command]
    return subprocess.run(
        [find_tool(words[0]), *words[1:]],
        cwd=folder,
        env={**os.environ, "PATH": _PATH, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_SECONDS,
        check=False,
    )


def run_scenario(command: str | Sequence[str], folder: Path, server: Server) -> None:
    """Run a client's scenario against the server; fail unless it prints `ok STEP` for each step only.

    A scenario writes, so each needs a separate server.
    """
    printed = run(command, folder, TIMELINE_URL=server.url, TIMELINE_KEY=server.key)

    assert printed.splitlines() == [f"ok {step}" for step in STEPS]

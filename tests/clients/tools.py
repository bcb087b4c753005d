"""What the tests of generated clients share: tools, a folder to generate into, a scenario to run.

Nothing is generated into the checkout: `workspace` makes a folder for it. A tool that is not there
skips the test with the remedy; in CI that is a failure.
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
# Where tools are looked for before the search path: what `make clients` installs.
_FOLDERS = (PROJECT_ROOT / ".venv-clients/bin", _NODE_MODULES / ".bin")
_PATH = os.pathsep.join([*map(str, _FOLDERS), os.environ.get("PATH", "")])
_PACKAGES = {
    "java": "apt-get install openjdk-17-jdk-headless",
    "javac": "apt-get install openjdk-17-jdk-headless",
    "node": "apt-get install nodejs npm, 20 or newer",
}
# Long enough for any of them on a busy machine.
_SECONDS = 600
# What every scenario prints `ok` for, in this order.
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
    """The path of a command; skips the test where there is none, but in CI fails."""
    found = shutil.which(name, path=_PATH)
    if found is None:
        end = pytest.fail if os.environ.get("CI") else pytest.skip
        end(f"{name} is not installed: {_PACKAGES.get(name, 'make clients')}")
    if _NODE_MODULES in Path(found).parents:
        find_tool("node")  # What is there is a script for it, whose own error would say less.
    return found


def workspace(folder: Path, client: str, document: Path = DOCUMENT) -> Path:
    """A new folder with what `clients/CLIENT` holds, and the OpenAPI document as `openapi.json`.

    Above it is what Node.js looks for there: package.json and node_modules.
    """
    made = folder / "clients" / client
    # What somebody generated there by hand is not part of it.
    untracked = shutil.ignore_patterns(
        "build", "generated", "timeline_client", "openapi.json", "*.class", "*_cache", "__pycache__"
    )
    shutil.copytree(CLIENTS / client, made, ignore=untracked)
    shutil.copy(document, made / "openapi.json")
    shutil.copy(CLIENTS / "package.json", made.parent)
    (made.parent / "node_modules").symlink_to(_NODE_MODULES)
    return made


def run(command: str | Sequence[str], folder: Path, **variables: str) -> str:
    """Run a command there; what it printed, both streams together. Fails unless it exits with 0."""
    done = attempt(command, folder, **variables)
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


def attempt(
    command: str | Sequence[str], folder: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command there, of which no word is for a shell; `stdout` has both streams."""
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
    """Run a client's scenario against the server: it prints `ok STEP` for each step, and no more.

    It writes, so there is one scenario to a server.
    """
    printed = run(command, folder, TIMELINE_URL=server.url, TIMELINE_KEY=server.key)

    assert printed.splitlines() == [f"ok {step}" for step in STEPS]

"""Build the image of the Dockerfile with buildah, and run it; needs root, and leaves nothing behind.

Its base is made of Debian packages, because the checks ask no registry of images. All files are in
one folder, and the build itself has no network: it installs packages that were downloaded before.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.settings import PROJECT_ROOT
from tests.support.servers import PATIENCE, find_daemon, free_port, wait_until_ready

_RELEASE, _PYTHON = "bookworm", "3.11"
# The packages are extracted and not configured, which takes a tenth of the time.
# The C++ library is in `python:slim` too; a wheel needs it.
_PACKAGES = "base-files,coreutils,dash,findutils,libstdc++6,python-is-python3,python3-venv"
# Works without the privileges of a container, also within one. The ports are those of this machine.
_ENVIRONMENT = {"BUILDAH_ISOLATION": "chroot", "STORAGE_DRIVER": "vfs"}
_PIP = "[global]\nno-index = true\nfind-links = /wheels\n"
_TIMEOUT = 600


class Container(NamedTuple):
    """A container of the image; its volume stays until the end."""

    command: Sequence[str]

    def run(self, *command: str, port: int | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command in it, and return its result."""
        return subprocess.run(
            self._complete(command, port),
            env={**os.environ, **_ENVIRONMENT},
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=False,
        )

    @contextmanager
    def served(self, command: Sequence[str]) -> Iterator[str]:
        """Run the command, which is a server, and yield its URL."""
        port = free_port()
        process = subprocess.Popen(
            self._complete(command, port), env={**os.environ, **_ENVIRONMENT}, text=True
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_ready(f"{url}/readyz", process)
            yield url
        finally:
            # buildah would kill the server at once.
            os.kill(_last_descendant(process.pid), signal.SIGTERM)
            process.wait(timeout=PATIENCE)

    def _complete(self, command: Sequence[str], port: int | None) -> list[str]:
        begin, name = self.command[:-1], self.command[-1]
        options = ["--env=TIMELINE_HOST=127.0.0.1"]
        options += [] if port is None else [f"--env=TIMELINE_PORT={port}"]
        return [*begin, "run", *options, name, "--", *command]


class Image:
    """The built image."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._program = find_daemon("buildah", "buildah")
        _make_base(folder)
        self._make_image()

    def configuration(self) -> dict[str, Any]:
        """Return the image's configuration in the form of Docker."""
        found = json.loads(self._buildah("inspect", "--type", "image", "timeline"))
        configuration: dict[str, Any] = found["Docker"]["config"]
        return configuration

    def make_container(self) -> Container:
        """Return a new container, with an empty volume."""
        name = self._buildah("from", "--pull-never", "timeline")
        return Container([*self._command(), name])

    def _make_image(self) -> None:
        wheels, pip = self._folder / "wheels", self._folder / "pip.conf"
        pip.write_text(_PIP)
        base = self._buildah("from", "scratch")
        self._buildah("add", base, str(self._folder / "base.tar"), "/")
        self._buildah("commit", base, "stand-in")
        self._buildah(
            *("build-using-dockerfile", "--format=docker", "--pull-never", "--tag=timeline"),
            *("--build-arg=BASE=stand-in", f"--volume={wheels}:/wheels:ro"),
            *(f"--volume={pip}:/etc/pip.conf:ro", str(PROJECT_ROOT)),
        )

    def _command(self) -> list[str]:
        storage = (f"--root={self._folder}/storage", f"--runroot={self._folder}/run")
        return [self._program, *storage]

    def _buildah(self, *arguments: str) -> str:
        return _run(*self._command(), *arguments)

    def remove(self) -> None:
        """Remove all containers and images."""
        self._buildah("rm", "--all")
        self._buildah("rmi", "--all", "--force")


@contextmanager
def built_image() -> Iterator[Image]:
    """Build the image and yield it; without root or a program skip the test, and in CI fail."""
    if os.geteuid() != 0:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("building an image needs root")
    with tempfile.TemporaryDirectory(prefix="image") as folder:
        image = Image(Path(folder))
        yield image
        image.remove()


def _make_base(folder: Path) -> None:
    """Write the file system of the base, and download the packages of the image beside it."""
    debian = find_daemon("mmdebstrap", "mmdebstrap")
    target = str(folder / "base.tar")
    _run(debian, "--variant=extract", f"--include={_PACKAGES}", _RELEASE, target)
    _run(
        *(sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes"),
        *("--only-binary=:all:", f"--python-version={_PYTHON}", f"--dest={folder / 'wheels'}"),
        *("--requirement", str(PROJECT_ROOT / "requirements.txt")),
    )


def _run(*command: str) -> str:
    """Run a command, and return its output."""
    done = subprocess.run(
        command,
        env={**os.environ, **_ENVIRONMENT},
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stdout[-1000:]}{done.stderr[-2000:]}"
    return done.stdout.strip()


def _last_descendant(pid: int) -> int:
    """Return the process at the end of the chain of children that begins with this one."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    children = [child for each in threads for child in (each / "children").read_text().split()]
    return _last_descendant(int(children[-1])) if children else pid

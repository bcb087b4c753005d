"""One run of schemathesis, as a command of its own: it registers checks and hooks for a whole process."""

import subprocess
import sys
from pathlib import Path

from app.settings import PROJECT_ROOT

DOCUMENT = PROJECT_ROOT / "openapi.json"


def fuzz(url: str, *options: str, document: Path = DOCUMENT) -> subprocess.CompletedProcess[str]:
    """Hold the document against the server; exits with 1 if anything is found, which `stdout` tells."""
    command = ("schemathesis.cli", "--config-file", "tests/fuzzing/schemathesis.toml", "run")
    return subprocess.run(
        [sys.executable, "-m", *command, str(document), "--url", url, "--no-color", *options],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

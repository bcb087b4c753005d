"""Run schemathesis in a separate process, because its checks and hooks are global to the process."""

import subprocess
import sys
from pathlib import Path

from app.settings import PROJECT_ROOT

DOCUMENT = PROJECT_ROOT / "openapi.json"


def fuzz(
    url: str, *options: str, document: Path = DOCUMENT, config: str = "schemathesis"
) -> subprocess.CompletedProcess[str]:
    """Compare the server with the document; exit code 1 and `stdout` report the failures.

    `config` is the name of the configuration, a file beside this one.
    """
    command = ("schemathesis.cli", "--config-file", f"tests/fuzzing/{config}.toml", "run")
    return subprocess.run(
        [sys.executable, "-m", *command, str(document), "--url", url, "--no-color", *options],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

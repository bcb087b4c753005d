"""Programs that read tables: pandas in a separate environment, and R."""

import os
import shutil

import pytest

from app.settings import PROJECT_ROOT

PYTHON = PROJECT_ROOT / ".venv-tables/bin/python"


def command_of(language: str) -> list[str]:
    """Return the interpreter; without it skip the test, and in CI fail."""
    end = pytest.fail if os.environ.get("CI") else pytest.skip
    if language == "python":
        return [str(PYTHON)] if PYTHON.exists() else end("pandas is not installed: make tables")
    if not (script := shutil.which("Rscript")):
        end("Rscript is not installed: apt-get install r-cran-jsonlite")
    return [script, "--vanilla"]

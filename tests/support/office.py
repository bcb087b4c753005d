"""Open files in LibreOffice, without a screen; tests without it are skipped."""

import shutil
import subprocess
from pathlib import Path

import pytest

# CSV with commas and double quotes, in UTF-8, from line 1.
CSV = "Text - txt - csv (StarCalc):44,34,76,1"
# Also: every cell as it is shown, and a file for each sheet.
EACH_SHEET = "csv:" + CSV + ",,0,false,true,false,false,false,-1"


def convert(path: Path, form: str, *options: str) -> Path:
    """Convert the file into a new folder beside it, and return the folder."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = path.parent / "converted"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [office, profile, "--headless", *options, "--convert-to", form, "--outdir"]
    subprocess.run([*command, str(folder), str(path)], check=True, timeout=120, capture_output=True)
    return folder

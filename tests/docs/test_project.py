"""Each dependency has its reason, and the image copies only files that exist."""

import re
import tomllib

from app.settings import PROJECT_ROOT
from tests.docs.pages import DOCS

DATA_SUFFIXES = {
    ".json",
    ".toml",
    ".yaml",
    ".sql",
    ".css",
    ".js",
    ".svg",
    ".ico",
    ".html",
    ".mo",
    ".dictionary",
}


def test_each_dependency_has_its_reason() -> None:
    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text())
    groups = (
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    )
    reasons = (DOCS / "decisions/0002-libraries.md").read_text()
    tables = "\n".join(line for line in reasons.splitlines() if line.startswith("|")).lower()

    names = [re.split(r"[>=<]", each)[0].lower() for group in groups for each in group]

    assert [name for name in names if name not in tables] == []


def test_an_installed_package_has_every_file_of_data() -> None:
    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text())
    data = project["tool"]["setuptools"]["package-data"]
    packed = {
        path
        for package, patterns in data.items()
        for pattern in patterns
        for path in (PROJECT_ROOT / package.replace(".", "/")).glob(pattern)
    }

    files = {path for path in (PROJECT_ROOT / "app").rglob("*.*") if path.suffix in DATA_SUFFIXES}

    assert files == packed


def test_the_image_copies_only_files_that_exist() -> None:
    dockerfile = (PROJECT_ROOT / "Dockerfile").read_text()
    exceptions = (PROJECT_ROOT / ".dockerignore").read_text().splitlines()
    lines = re.findall(r"^COPY (?!--)(.+) \S+$", dockerfile, re.MULTILINE)

    copied = [source for line in lines for source in line.split()]

    assert [each for each in copied if not (PROJECT_ROOT / each).exists()] == []
    assert {f"!{each}" for each in copied} == {line for line in exceptions if line[:1] == "!"}


def test_the_page_of_findings_has_each_script_and_no_other() -> None:
    folder = PROJECT_ROOT / "findings"
    listed = re.findall(
        r"^\| \[([\w-]+\.sh)\]\(\1\)", (folder / "README.md").read_text(), re.MULTILINE
    )

    assert listed == sorted(path.name for path in folder.glob("*.sh"))

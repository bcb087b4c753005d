"""Each dependency has its reason, and the repository and the image have no file by mistake."""

import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from app.settings import PROJECT_ROOT
from tests.docs.pages import DOCS

# A block of commands, and a line of one with a comment after the command.
_SHELL = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENTED = re.compile(r"\S\s+# ")
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


def test_no_command_of_the_docs_ends_with_a_comment() -> None:
    """An interactive zsh (5.9) takes the words of the comment for arguments: curl sent a key to hosts of these names."""
    pages = [path for path in _tracked_files() if path.suffix == ".md" and path.exists()]
    blocks = [(page.name, block) for page in pages for block in _SHELL.findall(page.read_text())]
    commented = [
        (name, line)
        for name, block in blocks
        for line in block.splitlines()
        if _COMMENTED.search(line)
    ]

    assert len(blocks) > 40
    assert commented == []


def test_the_image_copies_only_files_that_exist() -> None:
    dockerfile = (PROJECT_ROOT / "Dockerfile").read_text()
    exceptions = (PROJECT_ROOT / ".dockerignore").read_text().splitlines()
    lines = re.findall(r"^COPY (?!--)(.+) \S+$", dockerfile, re.MULTILINE)

    copied = [source for line in lines for source in line.split()]

    assert [each for each in copied if not (PROJECT_ROOT / each).exists()] == []
    assert {f"!{each}" for each in copied} == {line for line in exceptions if line[:1] == "!"}


def _tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("the project is not a clone of its repository")
    return [PROJECT_ROOT / name for name in listed.stdout.split("\0") if name]


def test_the_repository_has_no_large_files_and_no_archives() -> None:
    """A download that is committed by mistake stays in every clone for ever."""
    files = _tracked_files()

    large = (path for path in files if path.exists() and path.stat().st_size > 2_000_000)
    archives = (path for path in files if path.suffix in {".whl", ".gz", ".zip", ".tgz", ".jar"})

    assert len(files) > 1000
    assert {path.name for path in chain(large, archives)} == set()


def test_the_page_of_findings_has_each_script_and_no_other() -> None:
    folder = PROJECT_ROOT / "findings"
    listed = re.findall(
        r"^\| \[([\w-]+\.sh)\]\(\1\)", (folder / "README.md").read_text(), re.MULTILINE
    )

    assert listed == sorted(path.name for path in folder.glob("*.sh"))

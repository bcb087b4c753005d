"""The next version of the program: a copy of this one with one more migration."""

import shutil
from pathlib import Path

from app.settings import PROJECT_ROOT
from app.tables.schema.revisions import NEWEST, number_of

NEXT_NUMBER = f"{int(number_of(NEWEST)) + 1:04}"
# Programs of this version run on it.
NEXT = f"{NEXT_NUMBER}_from_{number_of(NEWEST)}"


def copy_scripts(folder: Path, revision: str, step: str, helper: str = "") -> Path:
    """Copy the migrations into the folder, with one more that does this step, and return their folder."""
    scripts = folder / "migrations"
    shutil.copytree(
        PROJECT_ROOT / "migrations", scripts, ignore=shutil.ignore_patterns("__pycache__")
    )
    (scripts / "versions" / f"{revision}_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        "from app.domain.vocabulary import EntityKind\n"
        "from app.tables.schema.migrations import create_index_online, mark_for_rebuild\n"
        f'revision = "{revision}"\ndown_revision = "{NEWEST}"\n'
        f"{helper}\ndef upgrade():\n    {step}\n"
    )
    return scripts


def copy_program(folder: Path, revision: str, step: str) -> Path:
    """Copy the program into the folder, at the next revision, and return the folder."""
    copy_scripts(folder, revision, step)
    for name in ("app", "seeds", "docs", "findings"):
        shutil.copytree(
            PROJECT_ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("CHANGELOG.md", "pyproject.toml"):
        shutil.copy(PROJECT_ROOT / name, folder)
    path = folder / "app/tables/schema/revisions.py"
    known = f'    "{NEWEST}",\n'
    path.write_text(path.read_text().replace(known, f'{known}    "{revision}",\n'))
    return folder

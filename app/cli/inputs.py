"""The files, and the texts of articles, that commands are given."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from app.domain.plural import counted

if TYPE_CHECKING:
    from app.records.evidence.texts import ArticleTexts
    from app.records.parsing.files import RecordInput

PATHS_HELP: Final = "Files or folders of records; - is standard input, and .gz may follow a name."
ARTICLES_HELP: Final = (
    "Folder of articles, NAME.txt in UTF-8: finds the quotes of evidence, and proves the selectors."
)
STANDARD_INPUT: Final = Path("-")
_MAX_NAMED: Final = 5


def open_inputs(paths: Sequence[Path]) -> "list[RecordInput]":
    """Return the files and folders; `-` becomes the bytes of standard input, which are read now."""
    if STANDARD_INPUT not in paths:
        return [*paths]
    from app.records.parsing.inputs import StandardInput

    if paths.count(STANDARD_INPUT) > 1:
        raise typer.BadParameter("- stands for standard input, which can be read only once")
    given = StandardInput(sys.stdin.buffer)
    return [given if path == STANDARD_INPUT else path for path in paths]


def texts_in(folder: Path | None) -> "ArticleTexts":
    """Return the texts in the folder; without one, the advice to give it. Exits with 2 for no folder."""
    from app.records.evidence.texts import WITHOUT_FOLDER, ArticleFolder

    if folder is None:
        return WITHOUT_FOLDER
    require_folder(folder)
    return ArticleFolder(folder)


def tell_unproved(texts: "ArticleTexts") -> None:
    """Print which selectors were stored without a proof, because the folder lacks their texts."""
    from app.records.evidence.texts import ArticleFolder

    missing = sorted(texts.missing) if isinstance(texts, ArticleFolder) else []
    if missing:
        named = ", ".join(missing[:_MAX_NAMED]) + (" …" if len(missing) > _MAX_NAMED else "")
        count = counted(len(missing), "text")
        typer.echo(f"not proved, because the folder lacks {count}: {named}", err=True)


def require_folder(folder: Path) -> None:
    """Exit with 2 unless it is a folder."""
    try:
        problem = "" if folder.is_dir() else "is not a folder"
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
    if problem:
        raise typer.BadParameter(f"{folder} {problem}", param_hint="--articles")

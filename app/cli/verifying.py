"""`timeline verify`: check evidence against the texts of its articles."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from app.cli.support import read_settings, refuse_if


def verify(
    articles: Annotated[Path, typer.Option(help="Folder of articles: NAME.txt in UTF-8.")],
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders of records. Default: the seeds.")
    ] = None,
) -> None:
    """Check each span of evidence against the text of its article."""
    from app.records.parsing.files import read_files
    from app.records.verify import Verdict, verify_evidence

    if not articles.is_dir():
        raise typer.BadParameter(f"{articles} is not a folder", param_hint="--articles")
    seeds = read_settings().seeds
    records, errors = read_files(paths or [seeds])
    refuse_if(errors, "nothing was verified")
    known, _ = read_files([seeds]) if paths else ([], [])
    verdicts: Counter[Verdict] = Counter()
    for check in verify_evidence(records, articles, known):
        verdicts[check.verdict] += 1
        if check.verdict is not Verdict.OK:
            typer.echo(check, err=True)
    typer.echo(", ".join(f"{verdicts[verdict]} {verdict}" for verdict in Verdict))
    if verdicts.total() != verdicts[Verdict.OK]:
        raise typer.Exit(1)

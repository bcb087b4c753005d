"""`timeline draft`: draft events from the texts of articles."""

import asyncio
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from app.cli.support import open_current_database, read_settings, refuse

if TYPE_CHECKING:
    from app.formats.draft_yaml import DraftedArticle
    from app.records.models.draft_request import DraftRequest

_STANDARD_INPUT = "-"


def draft(
    articles: Annotated[
        list[str],
        typer.Argument(help="Texts in UTF-8, without headers; `-` reads standard input."),
    ],
    published: Annotated[
        str,
        typer.Option(help="Day of publication, YYYY-MM-DD, to which relative dates refer."),
    ],
    language: Annotated[
        str, typer.Option(help="Language of the texts: en, fr, ru or ko. Default: detect it.")
    ] = "",
    source: Annotated[
        str, typer.Option(help="Id of the source that the article is, known or new.")
    ] = "",
    url: Annotated[str, typer.Option(help="Address of the article.")] = "",
) -> None:
    """Print a file of records with the events that the articles tell, and the evidence for each field.

    Rules find them, so a draft has mistakes: check it. `timeline load` refuses an event that nobody
    has checked. The events are compared with the events of the database. With TIMELINE_QUOTES_URL, each
    text is sent there, and the quotes that come back point to further sentences.
    """
    from app.formats.draft_yaml import write_draft_yaml

    if len(articles) > 1 and (source or url):
        raise typer.BadParameter("a source or a url belongs to one article: draft them one by one")
    if missing := [name for name in articles if name != _STANDARD_INPUT and _is_missing(name)]:
        refuse("\n".join(f"{name}: there is no such file" for name in missing))
    if repeated := [name for name, times in Counter(articles).items() if times > 1]:
        raise typer.BadParameter(
            f"{', '.join(repeated)}: give each text once", param_hint="ARTICLES"
        )
    requests = [(name, _request(name, published, language, source, url)) for name in articles]
    _refuse_copies(requests)
    typer.echo(write_draft_yaml(_drafted(requests)), nl=False)


def _refuse_copies(requests: "list[tuple[str, DraftRequest]]") -> None:
    """Exit with 2 if two of the files have one text: they would be one source, and their events doubled."""
    named = dict[str, str]()
    for name, asked in requests:
        if (other := named.setdefault(asked.text, name)) != name:
            raise typer.BadParameter(
                f"{name} has the text of {other}: give each text once", param_hint="ARTICLES"
            )


def _drafted(requests: "list[tuple[str, DraftRequest]]") -> "list[DraftedArticle]":
    from app.api.runtime.drafters import read_drafter
    from app.drafting.known_source import OtherSourceError, check_source
    from app.drafting.language import UnknownLanguageError, detect_language
    from app.formats.draft_yaml import DraftedArticle
    from app.records.models.draft_request import published_day

    settings = read_settings()
    provider = None
    if settings.quotes_url:
        from app.drafting.provider import QuoteProvider

        provider = QuoteProvider(settings.quotes_url)
    with open_current_database(settings, published=True) as database:
        drafter = database.find(read_drafter)
    if not drafter.knowledge.participants:
        refuse(
            "the database has no participants, so a draft can name nobody: timeline serve loads the seeds into "
            "a new database, and timeline load seeds into this one"
        )
    drafted, taken = [], set[str]()
    for name, asked in requests:
        try:
            language = asked.language or detect_language(asked.text)
        except UnknownLanguageError as error:
            refuse(f"{name}: {error} with --language")
        day = published_day(asked.published)
        source = asked.source or ""
        try:
            check_source(drafter.knowledge, source, asked.url, day)
        except OtherSourceError as error:
            refuse(f"{name}: --{error.field}: {error}")
        provided = asyncio.run(provider.ask(asked.text, language, day)) if provider else None
        if provided and provided.error:
            typer.echo(f"{name}: {provided.error}: drafted without its quotes", err=True)
        document = drafter.draft(asked.text, day, language, source, asked.url, taken, provided)
        taken.update(event.id for event in document.events)
        drafted.append(DraftedArticle(document, _article_name(name), _shown(name)))
    return drafted


def _request(name: str, published: str, language: str, source: str, url: str) -> "DraftRequest":
    """Return the checked request. Exits with 1 for a bad text, and with 2 for a bad option."""
    from pydantic import ValidationError

    from app.records.models.draft_request import DraftRequest
    from app.records.parsing.errors import explain_error

    value = {
        "text": _text(name),
        "published": published,
        "language": language or None,
        "source": source or None,
        "url": url or None,
    }
    try:
        return DraftRequest.model_validate(value)
    except ValidationError as invalid:
        error = invalid.errors(include_url=False)[0]
        field, reason = str(error["loc"][0]), explain_error(error, DraftRequest)
        if field == "text":
            refuse(f"{name}: {reason}")
        raise typer.BadParameter(reason, param_hint=f"--{field}") from None


def _text(name: str) -> str:
    """Return the text of a file or of standard input, with its line ends as they are."""
    if name == _STANDARD_INPUT:
        data = sys.stdin.buffer.read()
    else:
        data = _read(Path(name))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        refuse(
            f"{name}: byte {error.start}, 0x{data[error.start]:02X}, is not UTF-8: convert the text"
        )


def _is_missing(name: str) -> bool:
    """Return whether there is no such file; of a path that the system refuses, `_read` says why."""
    try:
        return not Path(name).exists()
    except OSError:
        return False


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        _missing(path, error)


def _missing(path: Path, error: OSError) -> NoReturn:
    reason = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror
    refuse(f"{path}: {reason}")


def _shown(name: str) -> str:
    return "standard input" if name == _STANDARD_INPUT else Path(name).name


def _article_name(name: str) -> str | None:
    """Return the name under which the text is on file, if a source may have it."""
    from pydantic import TypeAdapter, ValidationError

    from app.records.models.source import ArticleName

    stem = Path(name).name.removesuffix(".txt")
    try:
        TypeAdapter(ArticleName).validate_python(stem)
    except ValidationError:
        return None
    return stem if name != _STANDARD_INPUT else None

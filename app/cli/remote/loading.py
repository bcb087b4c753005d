"""`timeline load --to`: read and validate files here, and have another server write them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from tempfile import TemporaryFile
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import urlsplit

import httpx
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn

from app.cli.remote.addresses import is_address
from app.cli.remote.refusals import ReadRecords, explain_refusal
from app.cli.remote.sending import Server, UnsentError, UploadBody, ask, send
from app.documents.imports.report import ImportCounts, ImportCountsByKind, ImportDocument
from app.domain.api_keys import MistypedKeyError, read_key
from app.domain.vocabulary import EntityKind
from app.formats.record_files import write_line
from app.reading.names.suggestions import MeantEntities, best_of, name_of
from app.records.evidence.quotes import resolve_quotes
from app.records.evidence.texts import ArticleTexts
from app.records.models import WITHDRAWALS, WithdrawalRecord
from app.records.parsing.errors import RecordError
from app.records.parsing.files import RecordInput, RecordOrError, iter_records
from app.records.parsing.positions import LocatedRecord
from app.writing.imports.choices import ImportChoices, Omissions


def make_server(url: str, key: str) -> Server:
    """Return the server at this address, which may end in `/v1` or a slash.

    Raises ValueError, with a sentence that never contains the key.
    """
    if not is_address(url):
        raise ValueError(f"{url!r} is not an address such as https://example.org/timeline")
    parts = urlsplit(url)
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("the address must have no user, query or fragment")
    if not key:
        raise ValueError("loading into a server needs an API key: give --key or set TIMELINE_KEY")
    try:
        read_key(key)
    except MistypedKeyError as error:
        raise ValueError(str(error)) from None
    base = url.rstrip("/").removesuffix("/v1").rstrip("/")
    return Server(base, key)


class Sendable(NamedTuple):
    """Valid records as lines of a file, and the errors of the others."""

    file: BinaryIO
    size: int
    errors: list[RecordError]


def records_for(
    server: Server, inputs: Sequence[RecordInput], texts: ArticleTexts
) -> Iterator[RecordOrError]:
    """Yield each record and error in the inputs, with selectors. The server never gets a quote.

    Raises UnsentError and ServerRefusedError if the server does not tell whether a source that it stores
    has an article.
    """
    find = partial(find_remote_articles, server)
    return resolve_quotes(iter_records(inputs), texts, find)


def find_remote_articles(server: Server, sources: set[str]) -> dict[str, str | None]:
    """Return the articles of these sources, as far as the server has them: one request for each.

    Raises UnsentError and ServerRefusedError if an answer does not tell.
    """
    articles: dict[str, str | None] = {}
    with server.client() as client:
        for source in sorted(sources):
            answer = ask(client, f"sources/{source}", _say)
            if answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
                continue
            if answer.status_code != HTTPStatus.OK:
                raise explain_refusal(answer, server, lambda: ())
            try:
                articles[source] = answer.json()["article"]
            except (KeyError, TypeError, ValueError):
                raise UnsentError(
                    f"{server.url} does not answer for the source {source!r}"
                ) from None
    return articles


def _say(text: str) -> None:
    Console(stderr=True).print(text, markup=False, highlight=False, soft_wrap=True)


def find_remotely(server: Server, kind: EntityKind, text: str) -> MeantEntities:
    """Return the entities of the kind with this name; none without an answer."""
    params = {"name": name_of(text), "kind": kind.value, "limit": "3"}
    try:
        with server.client() as client:
            return best_of(client.get("resolve", params=params).json()["items"])
    except (httpx.HTTPError, KeyError, TypeError, ValueError):
        return MeantEntities()


@contextmanager
def prepared(read: ReadRecords) -> Iterator[Sendable]:
    """Write the records that `read` yields to a temporary file, one per line.

    Memory grows only with the number of errors.
    """
    errors: list[RecordError] = []
    with TemporaryFile() as file, Console(stderr=True).status("Reading…") as status:
        for each in read():
            if isinstance(each, RecordError):
                errors.append(each)
            else:
                file.write(_line(each).encode())
        status.stop()
        errors.sort(key=lambda error: (error.file, error.line or 0))
        yield Sendable(file, file.tell(), errors)


def _line(located: LocatedRecord) -> str:
    withdrawn = isinstance(located.record, WithdrawalRecord)
    collection = WITHDRAWALS if withdrawn else located.kind.collection
    return write_line(collection, located.record.to_plain())


def load_remotely(
    server: Server,
    read: ReadRecords,
    sendable: Sendable,
    choices: ImportChoices,
    *,
    dry_run: bool,
) -> ImportDocument:
    """Send the records, and return the server's report; `read` yields them again to locate its errors.

    Raises ServerRefusedError and UnsentError.
    """
    if not sendable.size:
        return _complete({"counts": {}}, dry_run=dry_run)
    params = _parameters(choices, dry_run=dry_run)
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with (
        Progress(*columns, console=console, disable=not console.is_terminal) as progress,
        server.client() as client,
    ):
        task = progress.add_task(f"Sending to {server.url}", total=sendable.size)

        def show(sent: int) -> None:
            waiting = "Waiting for" if sent == sendable.size else "Sending to"
            progress.update(task, completed=sent, description=f"{waiting} {server.url}")

        def say(text: str) -> None:
            console.print(text, markup=False, highlight=False, soft_wrap=True)

        body = UploadBody(sendable.file, sendable.size, show)
        response = send(client, body, say, params)
        if _is_older(response):
            params.pop("file", None)
            response = send(client, body, say, params)
    if response.status_code != HTTPStatus.OK:
        raise explain_refusal(response, server, read)
    try:
        return _complete(response.json(), dry_run=dry_run)
    except (TypeError, ValueError):
        raise UnsentError(
            f"{server.url} sent no report; check that it is the address of a timeline"
        ) from None


def _is_older(response: httpx.Response) -> bool:
    """Whether a server of an older version refused the name of the files, which it cannot remember."""
    if response.status_code != HTTPStatus.BAD_REQUEST or "unknown-parameter" not in response.text:
        return False
    return all(each["parameter"] == "file" for each in response.json().get("errors", ()))


def _parameters(choices: ImportChoices, *, dry_run: bool) -> dict[str, str]:
    """Return the parameters of the import.

    Default values are left out, because a server of an older version does not know them all.
    """
    chosen = {
        "dry_run": "true" if dry_run else "",
        "omissions": choices.omissions if choices.omissions is Omissions.REFUSE else "",
        "reason": choices.reason or "",
        "keep_edits": "true" if choices.keep_edits else "",
        "skip_withdrawn": "true" if choices.skip_withdrawn else "",
        "file": choices.file,
    }
    return {name: value for name, value in chosen.items() if value}


def _complete(report: Any, *, dry_run: bool) -> ImportDocument:
    """Return the report; fields that an older server does not send are empty."""
    if not isinstance(report, dict) or "counts" not in report:
        raise ValueError("this is not the report of an import")
    nobody = dict.fromkeys(ImportCounts.model_fields, 0)
    counts = {
        name: nobody | report["counts"].get(name, {}) for name in ImportCountsByKind.model_fields
    }
    empty = {
        "total": nobody,
        "changes": {"after": 0, "last": 0},
        "merged": [],
        "left_out": {"kept": [], "more_kept": 0, "skipped": [], "more_skipped": 0},
        "review": {"records": [], "more_records": 0, "warnings": [], "more_warnings": 0},
    }
    total = nobody | report.get("total", {})
    return ImportDocument.model_validate(
        {**empty, **report, "dry_run": dry_run, "counts": counts, "total": total}
    )

"""The history of records: the revisions of one, all changes in words, and the releases."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Final, NamedTuple

from fastapi import Depends, Path, Query, Response
from sqlalchemy import Connection

from app.api.dependencies.kinds import KINDS, Kind
from app.api.dependencies.reader import PresentReaderDep, ReaderDep
from app.api.http.pages import site_of
from app.api.problems.catalogue import NotFound
from app.api.routes.pages.router import LanguagePath, make_page_router, page
from app.documents.change import ChangeEntry, change_entry, entry_json
from app.domain.languages import Language
from app.domain.values import LanguageMap
from app.domain.vocabulary import ChangeOp, EntityKind
from app.formats.json_objects import JsonObject
from app.formats.pages.differences import Difference, differences
from app.formats.pages.sharing.take_away import share_page
from app.formats.pages.site import Site
from app.reading.entity_names import entity_names
from app.reading.log import changes, find_documents_before, find_revision, newest_revisions
from app.reading.parameters.changes import ChosenChanges, RevisionNumber
from app.reading.parameters.common import PagePosition, PageRequest
from app.reading.releases import find_releases

router = make_page_router()
# The revisions that the page of an entity lists.
_SHOWN: Final = 20


class ChangeInWords(NamedTuple):
    """A change, the entity's document after it (before it, if it ended the entity), and the differences."""

    entry: ChangeEntry
    document: JsonObject
    differences: list[Difference]


@router.get("/changes")
def show_changes(
    language: LanguagePath,
    chosen: Annotated[ChosenChanges, Query()],
    position: Annotated[PagePosition, Query()],
    reader: ReaderDep,
) -> Response:
    """Show the changes of the data in words, the newest first."""
    listing = replace(
        changes(0, chosen),
        descending=True,
        render=lambda row: f"[{entry_json(row)},{row.document or 'null'}]".encode(),
    )
    request = PageRequest(limit=position.limit, cursor=position.cursor)
    with reader.database.read() as connection:
        found = reader.fetch(connection, listing, request)
        in_words = [*_in_words(connection, language, map(json.loads, found.items))]
    site = site_of(reader.request, language)
    return page(
        reader.request,
        language,
        "changes.html",
        list=found,
        changes=in_words,
        kinds=[*EntityKind],
        chosen=chosen,
        share=share_page(
            site,
            [("JSON", site.same_list("changes")), ("NDJSON", site.same_list("changes.ndjson"))],
        ),
    )


def _in_words(
    connection: Connection, language: Language, items: Iterable[Any]
) -> Iterable[ChangeInWords]:
    pairs = [(ChangeEntry.model_validate(entry), document) for entry, document in items]
    stored = find_documents_before(
        connection, [(entry.kind, entry.id, entry.revision) for entry, _ in pairs]
    )
    steps = [
        (entry, json.loads(stored.get((entry.kind, entry.id, entry.revision)) or "{}"), document)
        for entry, document in pairs
    ]
    # A new record is not told field by field here.
    updates = [(old, document) for _, old, document in steps if old and document]
    tags = _names_of_tags(connection, *(each for both in updates for each in both))
    for entry, old, document in steps:
        is_update = bool(old and document)
        found = differences(language, entry.kind, old, document, tags) if is_update else []
        yield ChangeInWords(entry, document or old, found)


def _names_of_tags(
    connection: Connection, *documents: JsonObject | None
) -> Mapping[str, LanguageMap]:
    """Return the names of the tags of these documents: one statement if they have any."""
    tags = {tag for document in documents if document for tag in document.get("tags", ())}
    return entity_names(connection, EntityKind.TAG, tags)


@router.get("/releases")
def show_releases(language: LanguagePath, reader: PresentReaderDep) -> Response:
    """Show the releases: the states of the data that have permanent names."""
    releases = reader.find(find_releases)
    site = site_of(reader.request, language)
    share = share_page(site, [("JSON", site.api("releases"))], pinned=False)
    return page(reader.request, language, "releases.html", releases=releases, share=share)


def _add_revision(of: Kind) -> None:
    @router.get(
        f"/{of.kind.collection}/{{{of.kind}_id}}/revisions/{{revision}}",
        name=f"show_{of.kind}_revision",
    )
    def show_revision(
        language: LanguagePath,
        slug: Annotated[str, Depends(of.get_id)],
        revision: Annotated[RevisionNumber, Path()],
        reader: ReaderDep,
    ) -> Response:
        """Show the differences that a revision made, its author, and its reason."""
        with reader.database.read() as connection:
            row = find_revision(connection, of.kind, slug, revision)
            if row is None:
                raise NotFound(f"the {of.kind} {slug!r} has no revision {revision}")
            entry = change_entry(row)
            stored = find_documents_before(connection, [(of.kind, slug, revision)])
            old = json.loads(stored.get((of.kind, slug, revision)) or "{}")
            new = json.loads(row.document or "{}")
            tags = _names_of_tags(connection, old, new)
        found = differences(language, of.kind, old, new, tags) if new else []
        change = ChangeInWords(entry, new or old, found)
        site = site_of(reader.request, language)
        share = share_page(site, [*_revision_files(site, change)], pinned=False)
        return page(reader.request, language, "revision.html", change=change, share=share)


def _revision_files(site: Site, change: ChangeInWords) -> Iterator[tuple[str, str]]:
    """Yield the files of a revision; one that ended the entity has none.

    A patch needs the revision before, which has no document if it ended the entity.
    """
    entry = change.entry
    if entry.op in (ChangeOp.WITHDRAW, ChangeOp.MERGE):
        return
    record = f"{entry.kind.collection}/{entry.id}"
    yield "JSON", site.api(f"{record}/revisions/{entry.revision}")
    if entry.op is ChangeOp.UPDATE:
        before = {"from": entry.revision - 1, "to": entry.revision}
        yield "JSON Patch", site.api(f"{record}/diff", **before)


for _kind in KINDS:
    _add_revision(_kind)


def record_history(connection: Connection, kind: EntityKind, slug: str) -> dict[str, Any]:
    """Return the newest revisions of an entity, and whether it has more: one statement."""
    found = newest_revisions(connection, kind, slug, _SHOWN + 1)
    return {"history": found[:_SHOWN], "more_history": len(found) > _SHOWN}

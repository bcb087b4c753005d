"""Collect the texts of the pages for translators, and compile their catalogues.

`make catalogues` runs this: `python -m tests.support.catalogues`.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "app/formats/pages/catalogues"
# The languages that have a catalogue: English is in the code.
TRANSLATED = tuple(language for language in Language if language is not DEFAULT_LANGUAGE)
_PAGES = PROJECT_ROOT / "app/formats/pages"
# The titles of problems, which pages show too.
_PROBLEMS = "app/api/problems/catalogue.py"
_KEYWORDS = {"_": None, "N_": None, "NN_": (1, 2), "say": None, "gettext": None, "ngettext": (1, 2)}
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
# A template that cannot be read is an error.
_OPTIONS = {"templates/**.html": {"silent": "false"}}
# Always the same, so that an update without a change leaves the file as it is.
_DATE = datetime(2026, 11, 28, tzinfo=UTC)
_HEADER = "# The texts of the pages. `make catalogues` collects and compiles them."


def used_texts() -> Catalog:
    """Return every text that a template or module shows, in order of the texts."""
    catalog = Catalog(charset="utf-8", header_comment=_HEADER)
    extracted = extract_from_dir(_PAGES, _METHODS, keywords=_KEYWORDS, options_map=_OPTIONS)
    titles = extract_from_file("python", PROJECT_ROOT / _PROBLEMS, keywords=_KEYWORDS)
    # Of a text with a plural, the message is both.
    found = {(message, name) for name, _, message, _, _ in extracted}
    found |= {(message, _PROBLEMS) for _, message, _, _ in titles}
    for message, name in sorted(found, key=str):
        # Without line numbers, which would change with every edit.
        catalog.add(message, locations=[(name, 0)])
    return catalog


def read_catalogue(language: Language) -> Catalog:
    """Return the catalogue of a language as its translators wrote it."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def compiled(language: Language) -> bytes:
    """Return the compiled catalogue of a language."""
    buffer = io.BytesIO()
    write_mo(buffer, read_catalogue(language))
    return buffer.getvalue()


def messages(catalog: Catalog) -> Iterator[Message]:
    """Yield the texts of a catalogue without its header."""
    return (message for message in catalog if message.id)


def update(language: Language) -> None:
    """Bring the catalogue of a language up to date, without changing a translation, and compile it."""
    used, kept = used_texts(), read_catalogue(language)
    fresh = Catalog(
        locale=language,
        header_comment=_HEADER,
        project="Russia-DPRK Timeline",
        version="pages",
        msgid_bugs_address="the issues of the project",
        last_translator="the editors",
        language_team=language,
        charset="utf-8",
        fuzzy=False,
    )
    for message in messages(used):
        before = kept.get(message.id)
        fresh.add(message.id, before.string if before else "", locations=message.locations)
    fresh.revision_date = fresh.creation_date = _DATE
    with (FOLDER / f"{language}.po").open("wb") as file:
        write_po(file, fresh, width=0, include_lineno=False, omit_header=False)
    (FOLDER / f"{language}.mo").write_bytes(compiled(language))


if __name__ == "__main__":
    for each in TRANSLATED:
        update(each)

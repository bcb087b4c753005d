"""`README.md` and `release.json`: the folder in words, and the state of the data for programs."""

from collections.abc import Iterable, Mapping
from typing import Final

from app.domain import dataset
from app.formats.archive.facts import DataFile, ReleaseFacts
from app.formats.json_objects import json_page

# The files that describe the others, by their purpose.
DESCRIPTIONS: Final[Mapping[str, str]] = {
    "CITATION.cff": "How to cite the release: Citation File Format 1.2.",
    "croissant.json": "The files for machine learning: Croissant 1.0.",
    "csv-metadata.json": "The columns of the CSV files: CSV on the Web.",
    "datapackage.json": "The files and their columns: Data Package 2.",
    "dcat.jsonld": "The release for catalogues of open data: DCAT-AP 3.",
    "release.json": "The state of the data: its last change and the digest of the log.",
    "SHA256SUMS": "The SHA-256 of every other file.",
}


def write_release(release: ReleaseFacts) -> str:
    """Return the state as JSON."""
    return json_page(
        {
            "dataset": dataset.NAME,
            "name": release.name,
            "seq": release.seq,
            "at": release.at,
            "digest": release.digest,
        }
    )


def write_readme(release: ReleaseFacts, files: Iterable[DataFile]) -> str:
    """Return the page, in Markdown."""
    described = {**{file.name: file.description for file in files}, **DESCRIPTIONS}
    rows = "\n".join(f"| {name} | {text} |" for name, text in described.items())
    return f"""# {dataset.TITLE}, {release.title_version}

{dataset.SUMMARY} Published by {release.publisher}, {release.root}/

The data are as they were after change {release.seq}, of {release.at:%Y-%m-%d}. Licence: [{dataset.LICENCE}]({dataset.LICENCE_URL}).

| file | content |
|---|---|
{rows}

`sha256sum --check SHA256SUMS` proves the files. The digest of the change log up to this state is

    {release.digest}

Another server whose log has this digest at change {release.seq} has the same data.
"""

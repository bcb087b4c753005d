"""`CITATION.cff`: how to cite the release (https://citation-file-format.github.io/)."""

import yaml

from app.domain import dataset
from app.formats.archive.facts import ReleaseFacts


def write_citation(release: ReleaseFacts) -> str:
    """Return the file, of version 1.2.0 of the format."""
    digest = {
        "type": "other",
        "value": f"sha256:{release.digest}",
        "description": f"Digest of the change log up to change {release.seq}",
    }
    citation = {
        "cff-version": "1.2.0",
        "message": "Please cite the release that you used.",
        "type": "dataset",
        "title": dataset.TITLE,
        "abstract": dataset.SUMMARY,
        "version": release.name,
        "date-released": f"{release.at:%Y-%m-%d}",
        "authors": [{"name": release.publisher}],
        "license": dataset.LICENCE,
        "url": f"{release.root}/",
        "identifiers": [digest],
    }
    text: str = yaml.safe_dump(citation, sort_keys=False, allow_unicode=True, width=1000)
    return text

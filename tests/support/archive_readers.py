"""Read a published release with libraries of a separate environment, and print the results as JSON.

python readers.py FOLDER
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(sys.argv[1])
EARLY = """
PREFIX dct: <http://purl.org/dc/terms/> PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX schema: <https://schema.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT (COUNT(*) AS ?n) WHERE {
  ?event a schema:Event ; dct:temporal/dcat:startDate ?day FILTER (?day < "1960-01-01"^^xsd:date)
}"""


def read_graph() -> Mapping[str, int]:
    """Count the triples, and the events that may have begun before 1960."""
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.bulk_load(path=str(FOLDER / "timeline.nt"), format=RdfFormat.N_TRIPLES)
    [row] = store.query(EARLY)
    return {"triples": len(store), "early": int(row["n"].value)}


def read_citation() -> str:
    """Validate the citation against the schema of its version, and return it in BibTeX."""
    from cffconvert import Citation

    citation = Citation((FOLDER / "CITATION.cff").read_text())
    citation.validate()
    return str(citation.as_bibtex())


def read_csvw() -> Mapping[str, Any]:
    """Return the number of rows of each table, and the participants of the first event with some."""
    from csvw import TableGroup

    group = TableGroup.from_file(FOLDER / "csv-metadata.json")
    rows = {str(table.url): list(table.iterdicts(strict=True)) for table in group.tables}
    first = rows["events.csv"][0]
    return {
        "rows": {name: len(of_table) for name, of_table in rows.items()},
        "keys": group.check_referential_integrity(),
        "first": [first["id"], first["participant_ids"], str(first["start_earliest"])],
    }


def read_croissant() -> Mapping[str, Any]:
    """Return the number of records of each set, read with the digests checked."""
    from mlcroissant import Dataset

    dataset = Dataset(jsonld=str(FOLDER / "croissant.json"))
    sets = dataset.metadata.record_sets
    return {
        "errors": sorted(dataset.metadata.ctx.issues.errors),
        "warnings": sorted(dataset.metadata.ctx.issues.warnings),
        "records": {each.id: sum(1 for _ in dataset.records(each.id)) for each in sets},
    }


if __name__ == "__main__":
    read = {
        "graph": read_graph(),
        "citation": read_citation(),
        "csvw": read_csvw(),
        "croissant": read_croissant(),
    }
    print(json.dumps(read, default=str))

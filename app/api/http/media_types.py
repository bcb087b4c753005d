"""Response classes for the media types other than `application/json`; OpenAPI reads them too."""

from fastapi import Response
from fastapi.responses import JSONResponse


class Csv(Response):
    """CSV."""

    media_type = "text/csv"


class Xlsx(Response):
    """A workbook of Excel and other spreadsheets (Office Open XML)."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Parquet(Response):
    """A table with types (Apache Parquet)."""

    media_type = "application/vnd.apache.parquet"


class Ndjson(Response):
    """Newline-delimited JSON: one value per line."""

    media_type = "application/x-ndjson"


class Sqlite(Response):
    """An SQLite database."""

    media_type = "application/vnd.sqlite3"


class Ris(Response):
    """References in RIS."""

    media_type = "application/x-research-info-systems"


class BibTex(Response):
    """References in BibTeX, with the fields of BibLaTeX."""

    media_type = "application/x-bibtex"


class Calendar(Response):
    """iCalendar."""

    media_type = "text/calendar"


class Atom(Response):
    """An Atom feed."""

    media_type = "application/atom+xml"


class Rss(Response):
    """An RSS feed."""

    media_type = "application/rss+xml"


class EventStream(Response):
    """Server-Sent Events."""

    media_type = "text/event-stream"


class GeoJson(JSONResponse):
    """GeoJSON."""

    media_type = "application/geo+json"


class JsonLd(JSONResponse):
    """JSON-LD."""

    media_type = "application/ld+json"


class CslJson(JSONResponse):
    """References in CSL-JSON."""

    media_type = "application/vnd.citationstyles.csl+json"


class Linkset(JSONResponse):
    """A set of links (RFC 9264)."""

    media_type = "application/linkset+json"


class JsonPatch(JSONResponse):
    """A JSON Patch."""

    media_type = "application/json-patch+json"


class FeedJson(JSONResponse):
    """A JSON feed."""

    media_type = "application/feed+json"

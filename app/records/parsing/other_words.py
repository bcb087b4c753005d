"""Other words for the fields and columns of records, which people and other datasets use."""

from collections.abc import Iterable
from typing import Final

from app.domain.wording import did_you_mean

# By the field that is meant, in the order of their likelihood. The field must exist in the record.
_WORDS: Final = {
    "place": "location venue where city site place_name",
    "place_id": "location venue where city site place",
    "date": "when day event_date dated start start_date",
    "title": "name names headline subject heading label",
    "title_en": "headline subject heading label name",
    "names": "name title label titles",
    "name_en": "name title label",
    "summary": "description text details abstract body content",
    "summary_en": "description text details abstract body content",
    "type": "category class event_type kind",
    "kind": "type category class",
    "subtype": "subcategory sub_type",
    "status": "state mood",
    "confidence": "certainty reliability",
    "participants": "people persons actors participant who attendees delegates members",
    "participant_ids": "people persons actors participants participant who attendees",
    "participant_roles": "roles role",
    "participant_offices": "offices office posts",
    "participant_sides": "sides side",
    "sources": "source references refs reference citations links urls",
    "source_ids": "source sources references refs citations",
    "further_places": "places route stops itinerary",
    "further_place_ids": "places route stops further_places",
    "treaty": "agreement instrument",
    "treaty_id": "treaty agreement instrument",
    "relations": "related relation related_events links",
    "tags": "tag keywords topics themes subjects labels",
    "note": "notes comment comments remark remarks",
    "country": "nation nationality state country_code",
    "side": "country nation party for",
    "role": "function part",
    "office": "position post job title",
    "capacity": "position post title function job",
    "positions": "offices posts jobs roles",
    "organisation": "organization institution employer ministry body",
    "aliases": "alias aka other_names alternative_names synonyms spellings",
    "identifiers": "ids identifier external_ids wikidata",
    "latitude": "lat y",
    "longitude": "lon lng long x",
    "precision": "accuracy granularity",
    "part_of": "parent within in located_in city",
    "broader": "parent part_of",
    "house": "parent owner group",
    "publisher": "outlet newspaper media site journal name",
    "agency": "news_agency wire",
    "language": "lang locale",
    "published": "published_at publication_date date pubdate published_on",
    "url": "link website address href uri",
    "archived_url": "archive archive_url archived",
    "article": "file filename text path",
    "parties": "party countries signatories",
    "registration": "unts number treaty_number",
    "definition": "description scope meaning",
    "supports": "fields field",
    "quote": "text words span passage excerpt",
    "selector": "offsets span position",
    "digest": "sha256 hash checksum",
    "basis": "kind type",
    "from": "start since begin held_from",
    "to": "end until held_to",
    "event": "id target",
    "source": "id",
    "id": "slug key identifier participant person place source event",
}
_MEANT: Final = {field: words.split() for field, words in _WORDS.items()}


def suggest_field(word: object, known: Iterable[str]) -> str:
    """Return `; did you mean 'place'?` with the known field that is called so or spelt so, or nothing."""
    fields = [*known]
    asked = str(word).strip().lower().replace(" ", "_").replace("-", "_")
    if asked in fields:
        return f"; did you mean {asked!r}?"
    meant = [field for field in fields if asked in _MEANT.get(field, ())]
    if meant:
        # A place is the `place_id` of an event, and not its `id`.
        nearest = min(meant, key=lambda field: (asked not in field, _MEANT[field].index(asked)))
        return f"; did you mean {nearest!r}?"
    return did_you_mean(word, fields)

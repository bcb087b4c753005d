"""The names that other APIs give to parameters, and the parameter that has the meaning here."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

_ID_ENDING: Final = re.compile("(?:ids?|s)$")


class _Meaning(NamedTuple):
    """The names of one meaning, without case and signs, and the parameters that have it here."""

    names: str
    # The first declared one is meant. A sentence may explain it.
    parameters: Sequence[tuple[str, str]]
    # For a path that declares none of them; empty if it says nothing.
    without: str = ""


_PAGES: Final = "pages have no numbers: follow the link to the next page (in a list page.next)"
_INTERVAL: Final = "date=2023-09/2024-06 is an interval, and .. leaves an end open: date=2024/.."
_PERIODS: Final = (
    ("date", _INTERVAL),
    ("in_force_on", "in_force_on=2000/2010"),
    ("on", "on=2024-06"),
)
_MEANINGS: Final = (
    _Meaning(
        "page pagenumber pagetoken nextpage p offset skip startindex cursor",
        (("cursor", _PAGES), ("after", _PAGES)),
        "this answer has no pages",
    ),
    _Meaning(
        "limit perpage pagesize pagelimit size count max maxresults rows top take first n",
        (("limit", ""),),
        "this answer has no pages: it is complete",
    ),
    _Meaning(
        "search searchtext query text fulltext keyword keywords term terms s find",
        (("q", ""), ("name", "")),
        "this path has no search",
    ),
    _Meaning(
        "from since start startdate datefrom fromdate datestart begin startyear yearfrom mindate after",
        (*_PERIODS, ("since", "it is an instant or a day"), ("after", "it is the seq of a change")),
    ),
    _Meaning(
        "to until till end enddate dateto todate dateend endyear yearto maxdate before", _PERIODS
    ),
    _Meaning("date dates year years month day when between period range", _PERIODS),
    _Meaning(
        "format output fmt outputformat filetype accept",
        (("f", ""),),
        "the end of the path chooses the format, as in /v1/events.csv; /guide/api/formats lists them",
    ),
    _Meaning(
        "order orderby ordering sort sortby sorting sortorder dir direction",
        (("sort", ""), ("by", "")),
        "this answer has one order",
    ),
    _Meaning(
        "lang language languages locale hl l",
        (("lang", ""),),
        "the answer has its texts in every language",
    ),
    _Meaning(
        "fields select include only columns properties attributes props",
        (("fields", ""),),
        "the answer has all keys",
    ),
    _Meaning(
        "apikey key token accesstoken auth authorization",
        (),
        "a key is sent as the header Authorization: Bearer",
    ),
    _Meaning(
        "dryrun dry validate validateonly preview test simulate check",
        (("dry_run", "it writes nothing"),),
        "this path has no dry run: a PUT or PATCH with dry_run=true, or POST /v1/imports?dry_run=true, checks a record and "
        "writes nothing",
    ),
    _Meaning("person people actor actors who", (("participant", ""),)),
    _Meaning("location city where venue", (("place", ""),)),
    _Meaning("topic topics subject theme label", (("tag", ""),)),
    _Meaning("category categories kind kinds", (("type", ""), ("kind", ""))),
    _Meaning("type types", (("kind", ""),)),
    _Meaning("media newspaper outlet", (("publisher", ""),)),
    _Meaning("withtotal includetotal totalcount", (("total", "total=exact counts all items"),)),
)


def advice_for(name: str, declared: Collection[str]) -> str:
    """Return a sentence on the parameter that the client means; empty if no declared one is near."""
    plain = _plain(name)
    by_form = {_plain(each): each for each in declared}
    if same := by_form.get(plain) or by_form.get(_ID_ENDING.sub("", plain)):
        return _did_you_mean(same)
    meanings = [meaning for meaning in _MEANINGS if plain in meaning.names.split()]
    for parameter, why in (pair for meaning in meanings for pair in meaning.parameters):
        if parameter in declared:
            return _did_you_mean(parameter, why)
    if not meanings:
        near = _nearest(plain, by_form)
        return _did_you_mean(near) if near else ""
    # A single write has no parameters at all.
    return meanings[0].without if declared or "dryrun" in meanings[0].names else ""


def _did_you_mean(parameter: str, why: str = "") -> str:
    return f"did you mean {parameter!r}?" + f" {why}" * bool(why)


def _plain(name: str) -> str:
    """Return the name in lower case without signs: `pageSize` and `page_size` are one."""
    return re.sub("[^a-z]", "", name.lower())


def _nearest(plain: str, by_form: Mapping[str, str]) -> str:
    """Return the declared parameter that differs by one letter, or by two in a long name."""
    most = 1 if len(plain) < 8 else 2
    distances = {form: OSA.distance(plain, form, score_cutoff=most) for form in by_form}
    # Of two at the same distance, the one that begins so: `typ` is `type`, and not `top`.
    best = min(by_form, key=lambda f: (distances[f], not f.startswith(plain), f), default="")
    return by_form[best] if best and distances[best] <= most < len(plain) else ""

"""The addresses of a page, and of the pages and files that it leads to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.formats.pages.assets import ASSETS

# Parameters that choose a state of the data. Each link keeps them.
STATE: Final = ("as_of", "release")
# A page about all states has none.
_OF_ALL_STATES: Final = ("releases",)
# Parameters that choose a part of a list.
PAGING: Final = ("cursor", "limit", "total")
# A path that no page has.
ANY: Final = "a-0-z-path-of-any-page"
_Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Site:
    """A page on a server. Links within the server have no host, so that they work on any."""

    # The absolute URL above all paths, without a slash at its end.
    base: str
    language: Language
    # Below the language, such as `/events/…`.
    path: str
    pairs: _Pairs = ()

    @cached_property
    def prefix(self) -> str:
        """The path above all paths; empty unless the server is behind one."""
        return urlsplit(self.base).path

    @cached_property
    def _root(self) -> str:
        return f"{self.prefix}/{self.language}"

    @cached_property
    def _own_path(self) -> str:
        return f"{self._root}{quote(self.path)}"

    @cached_property
    def state(self) -> _Pairs:
        """The parameter that chooses a past state, if any."""
        return [pair for pair in self.pairs if pair[0] in STATE]

    @property
    def menu(self) -> "Site":
        """The site as the menu needs it: equal for all pages without an entry in the menu."""
        path = self.path if self.path.count("/") == 1 else ""
        return Site(self.base, self.language, path, tuple(self.state))

    @property
    def of_any_page(self) -> "Site":
        """The site of another page, which differs by its path and parameters alone."""
        return Site(self.base, self.language, f"/{ANY}")

    @cached_property
    def below_language(self) -> str | None:
        """The path and the parameters below any language; None if they differ from one to another."""
        return self._rest if self._rest == self._beginning else None

    def asset(self, name: str) -> str:
        """Return the address of a file that pages load, such as `timeline.css`."""
        return f"{self.prefix}/assets/{ASSETS[name].name}"

    @cached_property
    def url(self) -> str:
        """The absolute URL of the page."""
        return self.url_in(self.language)

    def url_in(self, language: Language | str) -> str:
        """Return the absolute URL of the page in a language: in another one, of the first page of its list."""
        return f"{self.base}{self._below(language)}"

    def _below(self, language: Language | str) -> str:
        return f"/{language}{self._rest if language == self.language else self._beginning}"

    @cached_property
    def _rest(self) -> str:
        return _with_query(quote(self.path), self.pairs)

    @cached_property
    def _beginning(self) -> str:
        """The path and the parameters without a cursor, which belongs to the list in one language."""
        pairs = [pair for pair in self.pairs if pair[0] != "cursor"]
        return _with_query(quote(self.path), pairs)

    def in_language(self, language: Language | str) -> str:
        """Return the address of the page in a language: in another one, of the first page of its list."""
        return f"{self.prefix}{self._below(language)}"

    @property
    def languages(self) -> Sequence[Language]:
        """All languages, English first."""
        return [*Language]

    @property
    def default_language(self) -> Language:
        """The language for readers of any other."""
        return DEFAULT_LANGUAGE

    @property
    def chosen(self) -> _Pairs:
        """The parameters that choose the list and its state, without those that choose a part of it."""
        return [pair for pair in self.pairs if pair[0] not in PAGING]

    @property
    def pin(self) -> str:
        """The address that leads to this page in the present state of the data, for good."""
        return self.below("pin", f"{self.language}{self.path}", pairs=self.pairs)

    @property
    def oembed(self) -> str:
        """The absolute URL that describes the embed of this page."""
        return f"{self.base}/oembed?{urlencode([('url', self.url)])}"

    def below(self, *parts: str, pairs: _Pairs = ()) -> str:
        """Return the address of a path that begins with no language."""
        return f"{self.prefix}{_with_query(quote('/'.join(('', *parts))), pairs)}"

    def full(self, address: str) -> str:
        """Return the absolute URL of an address on this server."""
        return f"{self.base.removesuffix(self.prefix)}{address}"

    def to(self, *parts: str, **query: object) -> str:
        """Return the address of another page in the same language and state."""
        path = f"{self._root}/{_quoted('/'.join(parts))}"
        state = [] if parts == _OF_ALL_STATES else self.state
        return _with_query(path, [*_pairs(query), *state])

    @property
    def explore(self) -> str:
        """The address of the list of events, without any parameter."""
        return f"{self._root}/explore"

    def absolute(self, *parts: str) -> str:
        """Return the absolute URL of another page in the same language, without a state."""
        return f"{self.base}/{'/'.join((self.language, *parts))}"

    def here(self, **changes: object) -> str:
        """Return the address of this page with other values of some parameters; None removes one.

        It is the first page of a list, unless the changes have a cursor.
        """
        kept = [pair for pair in self.pairs if pair[0] not in changes and pair[0] != "cursor"]
        return _with_query(self._own_path, [*kept, *_pairs(changes)])

    def without(self, name: str, value: str) -> str:
        """Return the address of the first page of this list without one value of a parameter."""
        kept = [pair for pair in self.pairs if pair != (name, value) and pair[0] != "cursor"]
        return _with_query(self._own_path, _sorted(kept))

    def without_empty(self) -> "Site":
        """Return the page without the parameters that have no value."""
        return replace(self, pairs=_sorted([pair for pair in self.pairs if pair[1]]))

    def at_present(self) -> str:
        """Return the address of this page in the present state."""
        kept = [pair for pair in self.pairs if pair[0] not in (*STATE, "cursor")]
        return _with_query(self._own_path, kept)

    def at_change(self, seq: int) -> str:
        """Return the address of this page in the state after a change."""
        return self.here(release=None, as_of=seq)

    def api(self, path: str, **query: object) -> str:
        """Return the address of an answer of the API in the same state, such as `events.csv`."""
        state = [pair for pair in self.state if pair[0] not in query]
        return f"{self.prefix}{_with_query(f'/v1/{path}', [*_pairs(query), *state])}"

    def same_list(self, name: str, **query: object) -> str:
        """Return the address of a file of the list on this page, such as `events.csv`.

        A parameter that is None is left out.
        """
        kept = [pair for pair in self.pairs if pair[0] not in PAGING and pair[0] not in query]
        return f"{self.prefix}{_with_query(f'/v1/{name}', [*kept, *_pairs(query)])}"


# A page links to the same collections and to few records, and lists of all pages to the same records.
_quoted = lru_cache(maxsize=4096)(quote)


def _sorted(pairs: _Pairs) -> _Pairs:
    """Return the parameters without an order by relevance, if they have no search."""
    if any(name == "q" for name, _ in pairs):
        return pairs
    return [pair for pair in pairs if pair != ("sort", "relevance")]


def _pairs(query: dict[str, object]) -> _Pairs:
    return [
        (name, str(each))
        for name, value in query.items()
        if value is not None
        for each in (value if isinstance(value, list | tuple) else [value])
    ]


def _with_query(path: str, pairs: _Pairs) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path

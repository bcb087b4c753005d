"""Read pages as a browser does that runs no script."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

_VOID: Final = {"base", "br", "hr", "img", "input", "link", "meta", "path", "rect"}
# They may not hold one of their own kind, nor any block.
_INLINE_ONLY: Final = {"p", "h1", "h2", "h3", "a", "dt"}
_BLOCKS: Final = {"p", "div", "ul", "ol", "dl", "table", "section", "h1", "h2", "h3", "figure"}


class ReadPage(HTMLParser):
    """The elements of a page, its links and texts, and everything wrong with its tags."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        # Each text with the language that its elements declare.
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self._seen = ""
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag, _ in self._open]
        ids = Counter(attributes["id"] for _, attributes in self.elements if "id" in attributes)
        self.faults += [f"the id {name} occurs {n} times" for name, n in ids.items() if n > 1]
        self.faults += [
            f"#{target} is no id"
            for link in self.links
            if link.startswith("#") and (target := link[1:]) not in ids
        ]
        for _, attributes in self.elements:
            for name in ("aria-labelledby", "aria-describedby", "for"):
                if name in attributes and attributes[name] not in ids:
                    self.faults.append(f"{name}={attributes[name]} is no id")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        self.faults += [
            f"<{tag} {name}>" for name in attributes if name == "style" or name.startswith("on")
        ]
        if len(attributes) < len(attrs):
            self.faults.append(f"<{tag}> repeats an attribute")
        inside = {each for each, _ in self._open} & _INLINE_ONLY
        if inside and tag in _BLOCKS:
            self.faults.append(f"<{tag}> within {sorted(inside)}")
        if tag == "a":
            self.links.append(attributes.get("href", ""))
            if "a" in inside:
                self.faults.append("a link within a link")
        if tag not in _VOID:
            lang = attributes.get("lang") or (self._open[-1][1] if self._open else "")
            self._open.append((tag, lang))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}")
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open and self._open[-1][0] not in ("style", "script"):
            self.texts.append((data.strip(), self._open[-1][1]))

    @property
    def text(self) -> str:
        """All that a reader sees."""
        return " ".join(text for text, _ in self.texts)

    def find(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        """Return the attributes of each element with this tag and these attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            found
            for name, found in self.elements
            if name == tag and wanted.items() <= found.items()
        ]

    def internal_links(self, url: str) -> Iterator[str]:
        """Yield the URL of each link to the same server, without its fragment."""
        host = urlsplit(url).netloc
        for link in self.links:
            target = urljoin(url, link).partition("#")[0]
            if urlsplit(target).netloc == host:
                yield target

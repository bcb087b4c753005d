"""A page of the documentation as HTML, from its Markdown."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Final
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token

# The Markdown of the pages has tables. Tags in it stay text.
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
# A request that the page shows, such as `GET /v1/events?date=2024`; one with `{…}` is a pattern.
_REQUEST: Final = re.compile(r"(?:GET )?(/v1/[^{}…]*)")
# The characters that a browser sends as they are in a query.
_PLAIN: Final = "/?&=:,+*~%-._!'()@;"
STYLE: Final = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentcolor 20%, transparent); }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 54rem; margin: 0 auto; padding: 1rem; }
h1, h2, h3 { line-height: 1.25; }
h2 { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
pre, code { font-family: ui-monospace, monospace; font-size: .9em; }
code { overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .25rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
nav.contents ul { columns: 18rem; padding-left: 1.2rem; }
"""
_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<nav aria-label="Site">{site}</nav>
{contents}<main>
{body}</main>
</body>
</html>
"""


def guide_page(
    markdown: str,
    base: str,
    address: Callable[[str], str | None],
    is_readable: Callable[[str], bool] = bool,
) -> str:
    """Return the page as HTML, with a list of its sections.

    `base` is the URL of the server, to which the requests on the page lead; `is_readable` says whether
    a path takes GET. `address` returns the URL of a link on the page, or None for one that leads
    nowhere; of that, only the text stays.
    """
    tokens = _MARKDOWN.parse(markdown)
    headings = _add_anchors(tokens)
    for token in tokens:
        token.children = [*_linked(token.children or [], base, address, is_readable)]
    return _PAGE.format(
        title=escape(headings[0][2]),
        style=STYLE,
        site=" · ".join(
            f'<a href="{escape(base + path)}">{name}</a>'
            for path, name in (("/guide", "Guide"), ("/docs", "Try it"), ("/redoc", "Reference"))
        ),
        contents=_contents([(id, text) for level, id, text in headings if level == "h2"]),
        body=_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}),
    )


def _add_anchors(tokens: Sequence[Token]) -> list[tuple[str, str, str]]:
    """Give each heading an id, and return the level, id and text of each."""
    found, seen = [], Counter[str]()
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            parts = inline.children or ()
            text = "".join(each.content for each in parts if each.type in ("text", "code_inline"))
            # The fragment that code hosts make, which the links between the pages use.
            id = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            seen[id] += 1
            id += f"-{seen[id] - 1}" if seen[id] > 1 else ""
            opening.attrSet("id", id)
            found.append((opening.tag, id, text))
    return found


def _contents(sections: Sequence[tuple[str, str]]) -> str:
    items = "".join(f'<li><a href="#{id}">{escape(text)}</a></li>' for id, text in sections)
    return f'<nav class="contents" aria-label="On this page"><ul>{items}</ul></nav>\n' * bool(items)


def _linked(
    children: Sequence[Token],
    base: str,
    address: Callable[[str], str | None],
    is_readable: Callable[[str], bool],
) -> Iterator[Token]:
    """Yield the parts of a line with the addresses of their links, and with links for requests."""
    inside = dropped = False
    for token in children:
        request = None if inside else _REQUEST.fullmatch(token.content)
        if token.type == "link_open":
            target = address(str(token.attrs["href"]))
            inside, dropped = True, target is None
            token.attrSet("href", target or "")
        if token.type == "code_inline" and request and is_readable(request[1].partition("?")[0]):
            yield Token("link_open", "a", 1, {"href": base + quote(request[1], safe=_PLAIN)})
            yield token
            yield Token("link_close", "a", -1)
        elif token.type == "text" and inside:
            token.content = token.content.removesuffix(".md")
            yield token
        elif not (dropped and token.type in ("link_open", "link_close")):
            yield token
        inside = inside and token.type != "link_close"

"""The templates, in one environment for each language."""

import re
from functools import cache, lru_cache
from html import escape as escape_html
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.languages import Language
from app.formats.pages.catalogues import catalogue
from app.formats.pages.sharing.take_away import EventLinks, TakeAway
from app.formats.pages.site import Site

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"
# A text without a part that differs from page to page.
_FIXED: Final = re.compile(r"\{\{ _\('([^'\\]*)'\) \}\}")


def render(template: str, site: Site, **values: Any) -> str:
    """Return the page that a template makes of these values."""
    return _environment(site.language).get_template(template).render(site=site, **values)


@cache
def _environment(language: Language) -> "Environment":
    # Imported by the first page: it takes 0.1 s, which no start of the server may wait for.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from app.formats.pages.words import words

    class TranslatedLoader(FileSystemLoader):
        """Puts fixed texts into the templates before they are compiled: a third of their calls."""

        def get_source(self, environment: Environment, template: str) -> Any:
            source, *others = super().get_source(environment, template)
            say = catalogue(language).gettext
            return (_FIXED.sub(lambda text: say(text[1]), source), *others)

    environment = Environment(
        loader=TranslatedLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters, functions = words(language)
    environment.filters |= filters
    environment.globals |= functions
    # French has a space before them, which ends no line.
    space = "\N{NO-BREAK SPACE}" if language is Language.FR else ""
    environment.globals |= {"colon": f"{space}:", "semicolon": f"{space};"}
    _add_kept_parts(environment)
    return environment


def _add_kept_parts(environment: "Environment") -> None:
    """Add the functions that make the parts of a page which many pages share, and keep them."""
    from markupsafe import Markup, escape

    # Most pages have the same menu, and it would take a tenth of the time of a page.
    @lru_cache(maxsize=64)
    def menu(site: Site) -> Markup:
        return Markup(environment.get_template("menu.html").render(site=site))

    def made(links: TakeAway) -> str:
        return environment.get_template("take_away.html").render(share=links)

    # The links of two events differ by the id and the title alone, and would take a tenth of the time of
    # a page too.
    @lru_cache(maxsize=64)
    def pattern(links: EventLinks) -> str:
        return made(links.links())

    def take_away(links: TakeAway | EventLinks) -> Markup:
        if isinstance(links, TakeAway):
            return Markup(made(links))
        # The title is in the HTML of an embed, which the page shows as a text.
        title = escape(escape_html(links.title))
        shown = pattern(links.pattern()).replace(EventLinks.ANY_TITLE, title)
        return Markup(shown.replace(EventLinks.ANY, links.slug))

    environment.globals["menu"] = lambda site: menu(site.menu)
    environment.globals["take_away"] = take_away

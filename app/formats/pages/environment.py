"""The templates, in one environment for each language."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from html import escape as escape_html
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.languages import Language
from app.formats.pages.catalogues import catalogue
from app.formats.pages.sharing.take_away import EventLinks, TakeAway
from app.formats.pages.site import ANY, Site
from app.formats.phrases import sign

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"
# A text without a part that differs from page to page.
_FIXED: Final = re.compile(r"\{\{ _\('([^'\\]*)'\) \}\}")
_NAME: Final = re.compile(r"\{\{ ([a-z_]+) \}\}")


def render(template: str, site: Site, **values: Any) -> str:
    """Return the page that a template makes of these values."""
    return _environment(site.language).get_template(template).render(site=site, **values)


@cache
def _environment(language: Language) -> "Environment":
    # Imported by the first page: it takes 0.1 s, which no start of the server may wait for.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import escape

    from app.formats.pages.words import words

    filters, functions = words(language)
    signs = {"colon": sign(language, ":"), "semicolon": sign(language, ";")}
    names = {name: value for name, value in functions.items() if isinstance(value, str)} | signs
    say = catalogue(language).gettext

    def value_of(name: re.Match[str]) -> str:
        return escape(names[name[1]]) if name[1] in names else name[0]

    class TranslatedLoader(FileSystemLoader):
        """Puts fixed texts into the templates before they are compiled: half of their calls."""

        def get_source(self, environment: Environment, template: str) -> Any:
            source, *others = super().get_source(environment, template)
            source = _FIXED.sub(lambda text: say(text[1]), source)
            return (_NAME.sub(value_of, source), *others)

    environment = Environment(
        loader=TranslatedLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters
    environment.globals |= functions
    _add_kept_parts(environment)
    return environment


def _add_kept_parts(environment: "Environment") -> None:
    """Add the functions that make the parts of a page which many pages share, and keep them."""
    from markupsafe import Markup, escape

    # Most pages have the same menu, and it would take a tenth of the time of a page.
    @lru_cache(maxsize=64)
    def menu(site: Site) -> Markup:
        return Markup(environment.get_template("menu.html").render(site=site))

    # The links from two pages to other languages differ by the path and the parameters alone.
    def translations(template: str) -> Callable[[Site], Markup]:
        def made_for(site: Site) -> str:
            return environment.get_template(template).render(site=site)

        kept = lru_cache(maxsize=64)(made_for)

        def links(site: Site) -> Markup:
            if site.below_language is None:
                return Markup(made_for(site))
            shown = kept(site.of_any_page)
            return Markup(shown.replace(f"/{ANY}", escape(site.below_language)))

        return links

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
    environment.globals["alternates"] = translations("alternates.html")
    environment.globals["languages"] = translations("languages.html")
    environment.globals["take_away"] = take_away

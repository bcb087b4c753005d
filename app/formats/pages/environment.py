"""The templates, in one environment for each language."""

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.languages import Language
from app.formats.pages.site import Site

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"


def render(template: str, site: Site, **values: Any) -> str:
    """Return the page that a template makes of these values."""
    return _environment(site.language).get_template(template).render(site=site, **values)


@cache
def _environment(language: Language) -> "Environment":
    # Imported by the first page: it takes 0.1 s, which no start of the server may wait for.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from app.formats.pages.words import words

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= words(language)
    template = environment.get_template("menu.html")

    @lru_cache(maxsize=64)
    def menu(site: Site) -> Markup:
        return Markup(template.render(site=site))

    # Most pages have the same menu, and it would take a tenth of the time of a page.
    environment.globals["menu"] = lambda site: menu(site.menu)
    return environment

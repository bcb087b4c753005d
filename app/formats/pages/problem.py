"""The page of an error."""

from typing import Protocol

from app.domain.languages import DEFAULT_LANGUAGE
from app.formats.pages.catalogues import N_, catalogue
from app.formats.pages.environment import render
from app.formats.pages.head import Head
from app.formats.pages.site import Site

_HEADINGS = {
    404: N_("This page does not exist"),
    410: N_("This record was withdrawn"),
    503: N_("The server cannot answer now"),
}
_REFUSED = N_("The server does not understand this address")
_FAILED = N_("The server failed")


class ShownProblem(Protocol):
    """The part of a problem document that decides the heading and the title."""

    status: int
    title: str


class WaysOut(Protocol):
    """Where the reader may go instead."""

    # The number of the first state in which the page exists.
    first_state: int | None
    # The path of the last revision of a record that is gone.
    last_revision: str


def problem_page(site: Site, problem: ShownProblem, ways: WaysOut) -> str:
    """Return the page of a problem document; its details are in English."""
    unnamed = _FAILED if problem.status >= 500 else _REFUSED
    heading = _HEADINGS.get(problem.status, unnamed)
    say = catalogue(site.language).gettext
    title = say(problem.title)
    # A status without a problem type has a title in English alone.
    is_translated = title != problem.title
    return render(
        "problem.html",
        site,
        head=Head(listed=False),
        write_end=None,
        problem=problem,
        heading=say(heading),
        title=title,
        title_language=site.language if is_translated else DEFAULT_LANGUAGE,
        ways=ways,
    )

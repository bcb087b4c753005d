"""Drive the desk of the pages in a browser."""

from typing import Any, NamedTuple

from playwright.sync_api import Page

_MARKED = "() => [...(CSS.highlights.get('desk-field') ?? [])].map((range) => range.toString())"
_CARET = """([words]) => {
  const pane = document.getElementById('desk-text');
  pane.focus();
  document.getSelection().collapse(pane.firstChild, pane.textContent.lastIndexOf(words));
}"""
_KEPT = """() => ({
  address: location.href.slice(location.origin.length),
  stored: [Object.entries(sessionStorage), Object.entries(localStorage)],
})"""


class DeskServer(NamedTuple):
    """A server, and a key for it."""

    base: str
    key: str


class Desk:
    """The desk in a tab, once it has started, with the key."""

    def __init__(self, page: Page, server: DeskServer) -> None:
        self.page = page
        page.wait_for_selector("#desk[data-ready]")
        page.locator("#desk-key").fill(server.key)

    def draft(self, text: str, published: str, *, url: str = "", waits: bool = True) -> None:
        """Draft the events of a text."""
        self.page.locator("#desk-asked-text").fill(text)
        self.page.locator("#desk-asked-published").fill(published)
        self.page.locator("#desk-asked-url").fill(url)
        self.page.locator("form button").press("Enter")
        if waits:
            self.page.wait_for_selector(".desk-candidate")

    def fill(self, field: str, value: str) -> None:
        """Write or choose the value of a field of the first event, such as `title-en`."""
        control = self.page.locator(f"#desk-0-{field}")
        if control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)

    def press(self, button: str) -> None:
        """Press a button with the keyboard."""
        self.page.get_by_role("button", name=button, exact=True).press("Enter")

    def put_caret(self, words: str) -> None:
        """Put the caret before the last occurrence of these words of the text."""
        self.page.evaluate(_CARET, [words])

    def marked(self) -> list[str]:
        """Return the words of the field in hand, as the text marks them."""
        found: list[str] = self.page.evaluate(_MARKED)
        return found

    def quotes(self, field: str) -> list[str]:
        """Return the words beside a field of the first event."""
        buttons = self.page.locator(f"#desk-0-{field} .quotes li button:first-child:not(.use)")
        return [text.strip("“”") for text in buttons.all_inner_texts()]

    def review(self) -> list[str]:
        """Return the first line of each entity of the review."""
        entities = ".review:last-child > ul:not(.warnings) > li"
        self.page.wait_for_selector(entities)
        lines = self.page.locator(entities).all_inner_texts()
        return [text.splitlines()[0] for text in lines]

    @property
    def source(self) -> str:
        """The id of the new source."""
        return self.page.locator("#desk-source-id").input_value()

    def kept(self) -> dict[str, Any]:
        """Return the address, and all that the page keeps in the browser."""
        found: dict[str, Any] = self.page.evaluate(_KEPT)
        return found

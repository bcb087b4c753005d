"""The calls of tools in docs/assistants.md, and the answers that the page shows."""

import json
import re
from typing import NamedTuple

from tests.docs.pages import DOCS
from tests.support.replay import matches

_CALL = re.compile(
    r"^`(\w+)`\n\n```json\n(.*?)^```\n\n```(json|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


class Call(NamedTuple):
    """A call of the page, and the answer that the page shows, which is JSON or the text of an error."""

    tool: str
    arguments: str
    language: str
    answer: str

    def is_shown(self, is_error: bool, text: str) -> bool:
        """Whether the answer matches the page."""
        if self.language == "json":
            return not is_error and matches(json.loads(self.answer), json.loads(text))
        return is_error and matches(self.answer.strip(), text)


CALLS = [Call(*found) for found in _CALL.findall((DOCS / "assistants.md").read_text())]

"""`timeline openapi` prints the OpenAPI document."""

import json

from tests.support.commands import run
from tests.support.contract import COMMITTED


def test_prints_the_committed_document() -> None:
    result = run("openapi")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads(COMMITTED.read_text())
    assert result.stdout == COMMITTED.read_text()

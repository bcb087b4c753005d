"""What the document allows and forbids is sent to a live server, and no answer is other than it says.

Schemathesis does it, as schemathesis.toml says; why so, is in docs/decisions/0027-fuzzing.md. Each run has
a server over its own copy of the seeds. FUZZ_EXAMPLES=100 makes a long run of it, FUZZ_SEED=2 another one.
"""

import os

import pytest

from app.domain.vocabulary import Scope
from app.tables.database import Database
from tests.fuzzing.runs import fuzz
from tests.support.apps import make_key

pytestmark = pytest.mark.fuzz

READS = ("--include-method", "GET")
WRITES = ("--exclude-method", "GET")
ALL_PHASES = "examples,coverage,fuzzing,stateful"
# Of a run that reads only, or may not write, no operation that writes succeeds.
SOME_SUCCESSES = ("--exclude-checks", "EachSuccessIsReached")
LONG = ("--max-examples", os.environ["FUZZ_EXAMPLES"]) if "FUZZ_EXAMPLES" in os.environ else ()
SEED = os.environ.get("FUZZ_SEED", "1")


def _assert_nothing_is_found(url: str, *options: str, key: str = "") -> None:
    with_key = ("--header", f"Authorization: Bearer {key}") if key else ()
    done = fuzz(url, "--seed", SEED, *LONG, *with_key, *options)
    assert done.returncode == 0, done.stdout + done.stderr


class TestFuzzing:
    def test_reads_without_a_key(self, server: str) -> None:
        _assert_nothing_is_found(server, *READS, "--phases", ALL_PHASES, *SOME_SUCCESSES)

    def test_writes_without_a_key(self, server: str) -> None:
        phases = "examples,fuzzing"

        _assert_nothing_is_found(server, *WRITES, "--phases", phases, *SOME_SUCCESSES)

    def test_writes_with_a_key(self, server: str, copy: Database) -> None:
        key = make_key(copy)

        _assert_nothing_is_found(server, *WRITES, "--phases", ALL_PHASES, *SOME_SUCCESSES, key=key)

    def test_everything_with_the_key_of_an_admin(self, server: str, copy: Database) -> None:
        """Reaches each success of each operation."""
        key = make_key(copy, scope=Scope.ADMIN)

        _assert_nothing_is_found(server, "--phases", "examples,fuzzing,stateful", key=key)

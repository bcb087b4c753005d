"""A live server answers valid and invalid requests as the document declares.

Schemathesis sends them, configured by schemathesis.toml; docs/decisions/0027-fuzzing.md has the reasons.
Each run has a server over a separate copy of the seeds. FUZZ_EXAMPLES=100 makes a run longer, and
FUZZ_SEED=2 makes it different.
"""

import os

import pytest

from app.domain.vocabulary import EntityKind, Scope
from app.records.parsing.positions import LocatedRecord, OneLine
from app.tables.database import Database
from app.writing.imports.load import load_records
from tests.fuzzing.runs import fuzz
from tests.support.apps import make_key
from tests.support.builders import make_participant, make_place, store

pytestmark = pytest.mark.fuzz

# The import that may be reverted, as in hooks.py.
REVERTED = 3801

READS = ("--include-method", "GET")
WRITES = ("--exclude-method", "GET")
ALL_PHASES = "examples,coverage,fuzzing,stateful"
# In a run that only reads, or that may not write, no write succeeds.
SOME_SUCCESSES = ("--exclude-checks", "EachSuccessIsReached")
LONG = ("--max-examples", os.environ["FUZZ_EXAMPLES"]) if "FUZZ_EXAMPLES" in os.environ else ()
SEED = os.environ.get("FUZZ_SEED", "1")


def _assert_no_failure(url: str, *options: str, key: str = "") -> None:
    with_key = ("--header", f"Authorization: Bearer {key}") if key else ()
    done = fuzz(url, "--seed", SEED, *LONG, *with_key, *options)
    assert done.returncode == 0, done.stdout + done.stderr


class TestFuzzing:
    def test_reads_without_a_key(self, server: str) -> None:
        _assert_no_failure(server, *READS, "--phases", ALL_PHASES, *SOME_SUCCESSES)

    def test_writes_without_a_key(self, server: str) -> None:
        phases = "examples,fuzzing"

        _assert_no_failure(server, *WRITES, "--phases", phases, *SOME_SUCCESSES)

    def test_writes_with_a_key(self, server: str, copy: Database) -> None:
        key = make_key(copy)

        _assert_no_failure(server, *WRITES, "--phases", ALL_PHASES, *SOME_SUCCESSES, key=key)

    def test_reads_and_writes_with_the_key_of_an_admin(self, server: str, copy: Database) -> None:
        """This run also checks that each operation reaches each of its statuses of success."""
        key = make_key(copy, scope=Scope.ADMIN)
        # The participant to merge, because the fuzzer chooses the order of its examples.
        store(copy, make_participant("chong-mu-rim", country="KP"))
        place = make_place("place-of-a-reverted-import")
        located = LocatedRecord(EntityKind.PLACE, place, "test", "", OneLine(1))
        assert load_records(copy, [located], "test").last == REVERTED

        _assert_no_failure(server, "--phases", "examples,fuzzing,stateful", key=key)

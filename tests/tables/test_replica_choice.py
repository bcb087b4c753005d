"""Which replica answers a request; no database is asked."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tables.database import Database
from app.tables.replicas.replica import Replica
from app.tables.replicas.replicas import Replicas

ADDRESSES = [f"/v1/places/place-{number}?".encode() for number in range(400)]
_CHOOSE = """
from tests.tables.test_replica_choice import chosen_of_two
print(chosen_of_two())
"""


@contextmanager
def make_replicas(*hosts: str) -> Iterator[Replicas]:
    """Make replicas that may answer reads, as if they had been checked."""
    made = [Replica(f"postgresql://{host}/timeline", 1, 1, 1) for host in hosts]
    for replica in made:
        replica.fault = ""
    with closing(Database("postgresql://primary/timeline")) as primary:
        replicas = Replicas(primary, made, lag_seconds=1)
        yield replicas
        asyncio.run(replicas.close())


def chosen_of_two() -> list[str]:
    """Return the name of the replica that answers each address."""
    with make_replicas("a", "b") as replicas:
        chosen = [replicas.choose(address, 0) for address in ADDRESSES]
    return [replica.name for replica in chosen if replica]


@given(
    hosts=st.lists(
        st.from_regex(r"[a-z]{1,12}", fullmatch=True), min_size=2, max_size=3, unique=True
    )
)
def test_each_replica_answers_its_part_of_the_addresses(hosts: list[str]) -> None:
    with make_replicas(*hosts) as replicas:
        chosen = [replicas.choose(address, 0) for address in ADDRESSES]

        even = len(ADDRESSES) / len(hosts)
        for replica in replicas.replicas:
            assert 0.6 * even < chosen.count(replica) < 1.4 * even


def test_a_replica_that_is_left_out_changes_no_other_choice() -> None:
    with make_replicas("a", "b", "c") as replicas:
        before = {address: replicas.choose(address, 0) for address in ADDRESSES}
        left_out, *_ = replicas.replicas
        left_out.fault = "it does not answer"

        for address, replica in before.items():
            assert (replicas.choose(address, 0) is replica) == (replica is not left_out)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_each_worker_chooses_the_same(seed: str) -> None:
    """Python gives texts other hashes in each process."""
    told = subprocess.run(
        [sys.executable, "-c", _CHOOSE],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    chosen = chosen_of_two()
    assert len(chosen) == len(ADDRESSES)
    assert told.stdout.strip() == str(chosen)

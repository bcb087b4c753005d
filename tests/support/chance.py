"""Repeatable random choices: `TEST_SEED=7 make test` repeats the choices of the run that printed it."""

import os
from random import Random, SystemRandom

from hypothesis import settings

# The workers of pytest-xdist inherit the number.
SEED = os.environ.setdefault("TEST_SEED", str(SystemRandom().randrange(10**6)))


def seeded_random(name: str) -> Random:
    """Return a source of random numbers for the test of this name; a failure shows the seed."""
    print(f"repeat with TEST_SEED={SEED}")
    return Random(f"{SEED} {name}")


def scaled(examples: int) -> int:
    """Return the number of examples for a property, ten times as many in the profile `nightly`."""
    return examples * settings().max_examples // 100

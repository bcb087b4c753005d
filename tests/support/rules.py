"""Test a rule on many things, such as all operations, in one test."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

T = TypeVar("T")


def offenders(things: Mapping[str, T] | Collection[T], rule: Callable[[T], object]) -> list[str]:
    """Return the names of the things that break the rule, each with the assertion that failed.

    A test asserts that the list is empty. An empty collection of things fails, because the rule would
    prove nothing.
    """
    assert things, "there is nothing to test"
    named = (
        things.items() if isinstance(things, Mapping) else ((str(each), each) for each in things)
    )
    broken = []
    for name, thing in named:
        try:
            rule(thing)
        except AssertionError as error:
            broken.append(f"{name}: {error}")
    return broken

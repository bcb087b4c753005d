"""Rules that many things must keep, such as all operations: one test for each rule."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

T = TypeVar("T")


def offenders(things: Mapping[str, T] | Collection[T], rule: Callable[[T], object]) -> list[str]:
    """Return the names of the things that break the rule, each with the assertion that failed.

    A test asserts that the list is empty. With no things at all the rule would prove nothing, so
    that fails too.
    """
    assert things, "there is nothing to look at"
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

"""Counts with their noun."""


def counted(number: int, noun: str) -> str:
    """Return the number with its noun in the singular or plural: `1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

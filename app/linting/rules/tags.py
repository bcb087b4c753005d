"""Rules about tags."""

from collections.abc import Iterator
from typing import Final

from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule


def _undefined(index: RecordIndex) -> Iterator[Breach]:
    for tag in index.tags.values():
        if tag.definition is None:
            yield Breach(tag, "/definition", "it has no definition: say which events have the tag")


def _broader_beside_narrower(index: RecordIndex) -> Iterator[Breach]:
    for event in index.events.values():
        for tag in event.tags:
            above = index.tags_above(tag)
            # Another rule reports a circle, in which each tag is broader than the others.
            for number, broader in enumerate(event.tags):
                if broader in above and tag not in above:
                    text = f"{tag!r} is a part of {broader!r}: leave out the broader tag"
                    yield Breach(event, f"/tags/{number}", text)


RULES: Final = (
    Rule(
        "tag-defined",
        "Each tag has a definition.",
        "Without one, two editors give the same tag to different events.",
        _undefined,
    ),
    Rule(
        "narrowest-tag",
        "An event has no tag that is broader than another of its tags.",
        "A filter by the broader tag finds the event anyway, and `within=false` means the broader alone.",
        _broader_beside_narrower,
    ),
)

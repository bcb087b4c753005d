"""The table of latencies, and the first sign that a server does not keep up."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.load.arrivals import Sample

# A page that takes longer feels slow (p99, in seconds). Of fewer requests the p99 says little.
SLOW, FEW = 1.0, 50


@dataclass(frozen=True)
class Step:
    """The requests of one rate, the seconds until the last answer, and the processor seconds used."""

    rate: float
    seconds: float
    samples: Sequence[Sample]
    server: float
    clients: float


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def lines(step: Step) -> Iterator[str]:
    """Yield a table in Markdown: a row for each kind of request."""
    done = len(step.samples)
    busy, cost = step.server / step.seconds, step.server / max(1, done)
    yield f"### {step.rate:g} sessions a second\n"
    yield (
        f"{done:,} requests in {step.seconds:.1f} s, {done / step.seconds:.1f} a second; the server used "
        f"{busy:.2f} cores, {cost * 1e3:.1f} ms for a request, and the clients "
        f"{step.clients / step.seconds:.2f} cores."
    )
    yield "\n| kind | requests | p50, ms | p90, ms | p99, ms | longest, ms | failed |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for kind, samples in _by_kind(step.samples):
        seconds = [each.seconds for each in samples]
        figures = [percentile(seconds, share) * 1e3 for share in (0.5, 0.9, 0.99, 1)]
        failed = sum(1 for each in samples if each.fault)
        cells = " | ".join(f"{each:,.0f}" for each in figures)
        yield f"| {kind} | {len(samples):,} | {cells} | {failed} |"


def first_sign(steps: Iterable[Step]) -> str:
    """Return the lowest rate at which requests failed or were slow, with their kinds, as a sentence."""
    for step in steps:
        faults = Counter(f"{each.kind}: {each.fault}" for each in step.samples if each.fault)
        if faults:
            named = ", ".join(f"{fault} ({count})" for fault, count in faults.most_common(5))
            return f"At {step.rate:g} sessions a second the first requests failed: {named}."
        slow = {
            kind: late
            for kind, samples in _by_kind(step.samples)
            if len(samples) >= FEW
            and (late := percentile([each.seconds for each in samples], 0.99)) > SLOW
        }
        if slow:
            named = ", ".join(f"{kind} {late:.1f} s" for kind, late in slow.items())
            return f"At {step.rate:g} sessions a second the p99 passed {SLOW:g} s: {named}."
    return f"Nothing failed, and no p99 passed {SLOW:g} s."


def _by_kind(samples: Iterable[Sample]) -> list[tuple[str, list[Sample]]]:
    kinds: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        kinds[sample.kind].append(sample)
    return sorted(kinds.items())

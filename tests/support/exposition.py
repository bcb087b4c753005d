"""Read metrics as Prometheus does."""

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import httpx
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

# Seconds for which a test waits for the next sample of a server on a busy machine. The health check of
# workers takes longer, so a test fails if it alone replaces a worker.
_PATIENCE = 45


class Metrics(NamedTuple):
    """The families of one answer."""

    families: list[Metric]

    def total(self, name: str, **labels: str) -> float:
        """Return the sum of the samples with this name and these labels; 0 if there is none."""
        return sum(
            sample.value
            for family in self.families
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )

    def labels(self) -> Mapping[str, set[str]]:
        """Return the names of the labels of each sample, by its name."""
        return {
            sample.name: {*sample.labels} for family in self.families for sample in family.samples
        }

    def values(self, name: str, label: str) -> set[str]:
        """Return the values of a label of the samples with this name."""
        return {
            sample.labels[label]
            for family in self.families
            for sample in family.samples
            if sample.name == name
        }


def parse(text: str) -> Metrics:
    """Return the metrics of an exposition in Prometheus' text format."""
    return Metrics([*text_string_to_metric_families(text)])


def scrape(url: str) -> Metrics:
    """Return the metrics that a port serves."""
    return parse(httpx.get(url, timeout=30).raise_for_status().text)


def scrape_until(url: str, holds: Callable[[Metrics], bool]) -> Metrics:
    """Return the first metrics for which this holds: a server samples its state each second."""
    deadline = time.monotonic() + _PATIENCE
    while not holds(metrics := scrape(url)):
        assert time.monotonic() < deadline, "the metrics never showed it"
        time.sleep(0.1)
    return metrics

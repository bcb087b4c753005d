"""Each alert and each panel of the dashboard reads metrics and labels that exist."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import promql_parser as promql
import pytest
import yaml
from fastapi import FastAPI
from prometheus_client import REGISTRY, generate_latest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import PROJECT_ROOT, Settings
from tests.support.exposition import parse

pytestmark = pytest.mark.sqlite

RULES = PROJECT_ROOT / "deploy/prometheus/timeline.rules.yaml"
CONFIGURATION = PROJECT_ROOT / "deploy/prometheus/prometheus.yaml"
DASHBOARD = PROJECT_ROOT / "deploy/grafana/timeline.json"
# Prometheus adds them to each sample, and `up` for each target.
OF_PROMETHEUS = {"instance", "job"}


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[str]]:
    """The labels of each sample that a server and the webhooks expose, by its name."""
    from app.monitoring.sampling import note_replicas
    from app.monitoring.webhooks import WebhookMeter
    from app.tables.replicas.replica import ReplicaStatus

    path = tmp_path_factory.mktemp("rules") / "t.db"
    app: FastAPI = create_app(Settings(database_url=f"sqlite:///{path}", metrics_port=1))
    with TestClient(app) as client:
        client.get("/healthz")
    note_replicas([ReplicaStatus("here:5432/timeline", True, "", 1, 0, 0, 0.0)])
    WebhookMeter().note_position("here", 1, failing=False, stopped=False)
    found = parse(generate_latest(REGISTRY).decode()).labels()
    return {name: {*names, *OF_PROMETHEUS} for name, names in found.items()} | {"up": OF_PROMETHEUS}


def _alerts() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(RULES.read_text())["groups"]
    rules: list[dict[str, Any]] = group["rules"]
    return rules


def _panels() -> list[dict[str, Any]]:
    panels: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
    return [panel for panel in panels if panel["type"] != "row"]


def _expressions() -> Iterator[tuple[str, str]]:
    for alert in _alerts():
        yield alert["alert"], alert["expr"]
    for panel in _panels():
        for target in panel["targets"]:
            expression = target["expr"].replace("$__rate_interval", "5m")
            yield panel["title"], expression.replace("$job", "timeline")


def _nodes(expression: str) -> list[promql.Expr]:
    nodes: list[promql.Expr] = []
    promql.walk(promql.parse(expression), nodes.append)
    return nodes


@pytest.mark.parametrize(
    "expression",
    [pytest.param(expression, id=title) for title, expression in _expressions()],
)
def test_reads_metrics_and_labels_that_exist(
    expression: str, labels: Mapping[str, set[str]]
) -> None:
    nodes = _nodes(expression)
    selectors = [node for node in nodes if isinstance(node, promql.VectorSelector)]
    assert selectors
    for each in selectors:
        assert each.name in labels
        assert {matcher.name for matcher in each.matchers.matchers} <= labels[each.name or ""]
    grouped = {
        label
        for node in nodes
        if isinstance(node, promql.AggregateExpr) and node.modifier
        for label in node.modifier.labels
    }
    assert grouped <= set[str]().union(*(labels[each.name] for each in selectors if each.name))


def test_each_metric_is_on_the_dashboard(labels: Mapping[str, set[str]]) -> None:
    shown = {
        node.name
        for _, expression in _expressions()
        for node in _nodes(expression)
        if isinstance(node, promql.VectorSelector)
    }

    ours = {name for name in labels if name.startswith("timeline_")}

    assert {name for name in ours if name not in shown} == set()


def test_panels_do_not_overlap() -> None:
    cells = [
        (x, y)
        for panel in json.loads(DASHBOARD.read_text())["panels"]
        for place in [panel["gridPos"]]
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]

    assert len(cells) == len({*cells})
    assert all(x < 24 for x, _ in cells)


def test_each_alert_has_a_severity_and_is_explained() -> None:
    page = (PROJECT_ROOT / "docs/monitoring.md").read_text()
    for alert in _alerts():
        assert alert["labels"]["severity"] in {"page", "ticket"}
        assert alert["annotations"]["summary"]
        assert f"`{alert['alert']}`" in page


def test_each_metric_is_explained(labels: Mapping[str, set[str]]) -> None:
    page = (PROJECT_ROOT / "docs/monitoring.md").read_text()
    families = {
        name.removesuffix("_bucket").removesuffix("_sum").removesuffix("_count")
        for name in labels
        if name.startswith("timeline_")
    }

    assert {name for name in families if f"`{name}`" not in page} == set()


def test_prometheus_accepts_the_files() -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed: apt-get install prometheus (100 MB)")
    for arguments in (("check", "rules", str(RULES)), ("check", "config", str(CONFIGURATION))):
        result = subprocess.run([promtool, *arguments], check=False, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr


def test_the_configuration_names_the_rules() -> None:
    configuration = yaml.safe_load(CONFIGURATION.read_text())

    assert [Path(CONFIGURATION.parent, name) for name in configuration["rule_files"]] == [RULES]
    assert {job["job_name"] for job in configuration["scrape_configs"]} == {
        "timeline",
        "timeline-webhooks",
    }

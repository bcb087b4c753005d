"""The server answers requests of OGC API – Features as `/ogc/api` defines them, and never with an error of its own."""

import json
import os
from pathlib import Path

import httpx
import pytest

from tests.fuzzing.runs import fuzz

pytestmark = pytest.mark.fuzz

SEED = os.environ.get("FUZZ_SEED", "1")


def test_the_server_keeps_its_definition(server: str, tmp_path: Path) -> None:
    definition = httpx.get(f"{server}/ogc/api").json()
    document = tmp_path / "api.json"
    document.write_text(json.dumps(definition))

    done = fuzz(
        f"{server}/ogc",
        *("--seed", SEED, "--phases", "examples,coverage,fuzzing"),
        document=document,
        config="features",
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Tested: {len(definition['paths'])}" in done.stdout


def test_a_lie_is_found(server: str, tmp_path: Path) -> None:
    definition = httpx.get(f"{server}/ogc/api").json()
    definition["components"]["schemas"]["landingPage"]["required"].append("colour")
    document = tmp_path / "api.json"
    document.write_text(json.dumps(definition))

    done = fuzz(
        f"{server}/ogc",
        *("--seed", SEED, "--include-operation-id", "getLandingPage", "--phases", "fuzzing"),
        document=document,
        config="features",
    )

    assert done.returncode == 1
    assert "Response violates schema" in done.stdout

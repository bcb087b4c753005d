"""The state of a worker becomes metrics."""

import pytest
from prometheus_client import REGISTRY

from app.main import create_app
from app.settings import Settings

pytestmark = pytest.mark.sqlite


def test_the_pools_of_each_replica_are_shown() -> None:
    from app.monitoring.sampling import Sampler

    app = create_app(
        Settings(
            database_url="postgresql://db1/timeline",
            read_urls="postgresql://me:secret@db2:5433/timeline postgresql://db3/timeline",
            pool_size=7,
        )
    )

    Sampler(app.state).sample()

    for metric, value in (("connections_limit", 7), ("connections", 0)):
        for pool in ("reads", "reads of db2:5433", "reads of db3"):
            assert REGISTRY.get_sample_value(f"timeline_database_{metric}", {"pool": pool}) == value
    assert REGISTRY.get_sample_value(
        "timeline_database_connections_limit", {"pool": "exports of db3"}
    )

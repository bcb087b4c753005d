"""The image of the Dockerfile: built from a stand-in base, it serves the seeds and keeps its data.

`make image-check` runs these tests, and no other target does, because they take a minute.
"""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.support.image import Image, built_image

pytestmark = pytest.mark.image

EVENTS = "/v1/events?limit=1&total=exact"
PLACE = {
    "id": "omsk",
    "names": {"en": "Omsk"},
    "country": "RU",
    "latitude": 54.99,
    "longitude": 73.37,
    "precision": "city",
}


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    """The image, built once."""
    with built_image() as image:
        yield image


def test_runs_without_root_and_cannot_change_the_program(image: Image) -> None:
    program = (
        "import os; print(os.getuid(), os.getgid(), os.stat('/data').st_uid,"
        " *(os.access(f, os.W_OK) for f in ('/srv/timeline/app', '/opt/venv', '/data')))"
    )

    done = image.make_container().run("python", "-c", program)

    assert done.stdout.split() == [*["10001"] * 3, "False", "False", "True"], done.stderr


def test_has_no_installer(image: Image) -> None:
    done = image.make_container().run("python", "-c", "import pip")

    assert "No module named 'pip'" in done.stderr


def test_serves_the_seeds_is_healthy_and_keeps_its_data(image: Image) -> None:
    """A restart keeps the data, and the health check is green while the server runs."""
    container, settings = image.make_container(), image.configuration()
    kind, *check = settings["Healthcheck"]["Test"]
    place = f"/v1/places/{PLACE['id']}"

    with container.served(settings["Cmd"]) as url:
        total = httpx.get(f"{url}{EVENTS}").json()["page"]["total"]
        page = httpx.get(f"{url}/en/explore")
        (script,) = re.findall('src="(/assets/explorer[^"]+)"', page.text)
        built = httpx.get(f"{url}{script}")
        healthy = container.run(*check, port=httpx.URL(url).port)
        key = container.run("timeline", "keys", "create", "editor").stdout.strip()
        headers = {"Authorization": f"Bearer {key}", "If-None-Match": "*"}
        written = httpx.put(f"{url}{place}", json=PLACE, headers=headers)
    stopped = container.run(*check, port=httpx.URL(url).port)
    with container.served(settings["Cmd"]) as url:
        kept = httpx.get(f"{url}{place}")
        total_after = httpx.get(f"{url}{EVENTS}").json()["page"]["total"]

    assert (kind, healthy.returncode) == ("CMD", 0), healthy.stderr
    assert stopped.returncode != 0
    assert written.status_code == 201, written.text
    assert kept.content == written.content
    assert total_after == total > 1000
    assert built.status_code == 200

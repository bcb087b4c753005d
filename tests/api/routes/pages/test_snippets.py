"""The programs under a view: curl, pandas and R read the same rows from a server."""

import re
import subprocess
from html import unescape
from pathlib import Path

import httpx
import pytest

from app.tables.database import Database
from tests.support.servers import served
from tests.support.table_programs import command_of

SHOW = {
    "pandas": 'print(len(events), events["title"].iloc[0])',
    "R": 'cat(nrow(events), events$title[1], "\\n")',
}
pytestmark = [pytest.mark.tables, pytest.mark.sqlite]


def test_each_program_reads_the_events_of_the_view(seeded_sqlite: Database, tmp_path: Path) -> None:
    url = seeded_sqlite.url.render_as_string(hide_password=False)
    with served(url) as (base, _):
        query = "participant=choe-son-hui&place=moscow&date=2022/.."
        page = httpx.get(f"{base}/ru/explore?{query}").text
        rows = re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)
        curl, pandas, r = map(unescape, rows[:3])

        subprocess.run(["sh", "-c", curl], cwd=tmp_path, check=True, timeout=60)
        (tmp_path / "in.py").write_text(f"{pandas}\n{SHOW['pandas']}\n")
        (tmp_path / "in.R").write_text(f"{r}\n{SHOW['R']}\n")
        shown = {
            tuple(subprocess.check_output([*command, name], cwd=tmp_path, text=True).split())
            for command, name in ((command_of("python"), "in.py"), (command_of("r"), "in.R"))
        }

    lines = (tmp_path / "events.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("id,type,subtype")
    assert len(shown) == 1
    ((count, *title),) = shown
    assert int(count) > 3
    assert re.search("[а-я]", " ".join(title))

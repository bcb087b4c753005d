"""`python -m app` is `timeline`."""

from app.cli import app

app(prog_name="timeline")

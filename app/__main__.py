"""The `timeline` command, also `python -m app`."""

from app.records.parsing.gc_pause import gc_paused


def main() -> None:
    """Run the command."""
    # Imports make objects that stay. Searching them for garbage would take a sixth of a start.
    with gc_paused():
        from app.cli import app
    app(prog_name="timeline")


if __name__ == "__main__":
    main()

"""The `timeline` command, also `python -m app`."""

from app.records.parsing.gc_pause import made_to_stay


def main() -> None:
    """Run the command."""
    with made_to_stay():
        from app.cli import app
    app(prog_name="timeline")


if __name__ == "__main__":
    main()

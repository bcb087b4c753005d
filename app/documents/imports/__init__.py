"""The report of an import, with its review."""

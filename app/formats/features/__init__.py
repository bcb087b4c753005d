"""Answers of OGC API – Features 1.0, as JSON and as pages."""

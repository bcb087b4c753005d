"""Writes a release as a folder, for archives."""

"""Metrics for Prometheus, if the extra `metrics` is installed and a port is set."""

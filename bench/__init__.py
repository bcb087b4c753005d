"""Measures the speed of the product beside its ceilings and its peers: `make bench`."""

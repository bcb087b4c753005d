"""The version of the data, as each engine knows it."""

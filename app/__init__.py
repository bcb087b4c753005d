"""Russia–DPRK Timeline: a REST API over the diplomatic interactions of the two countries."""

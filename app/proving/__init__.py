"""Check proofs of answers against a copy of the change log, without the server that made them."""

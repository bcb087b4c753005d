"""Everything that a reader takes from a page: addresses, files, references, proofs, code, and embeds."""

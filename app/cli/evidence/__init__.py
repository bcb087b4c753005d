"""Commands that find and check evidence: spans of articles, and proofs of answers."""

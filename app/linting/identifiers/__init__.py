"""Identifiers in other databases: candidates, their facts that agree, and the pages that prove them."""

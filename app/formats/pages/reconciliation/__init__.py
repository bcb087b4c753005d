"""Answers of the Reconciliation API 0.2 (W3C Community Group), in one language."""

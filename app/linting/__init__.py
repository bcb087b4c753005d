"""Rules over the records: `timeline lint` finds facts that contradict one another.

`timeline load` refuses a record that cannot be right. A rule here finds one that is probably wrong. If it
is right after all, an exception in `lint.toml` beside the records says why.
"""

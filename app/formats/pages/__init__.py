"""Pages for people: documents in, HTML out.

A module for each kind of page turns documents into the values that a template shows; `templates/` has the
templates, and `catalogues/` their texts in other languages than English.
"""

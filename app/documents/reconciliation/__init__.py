"""The types, ids and properties of the entities to which other programs match their data."""

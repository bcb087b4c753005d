"""The data and the texts of the explorer, the one script of the pages (`explorer/` holds its source)."""

"""A release as a folder of files: the data, and their descriptions for archives and programs."""

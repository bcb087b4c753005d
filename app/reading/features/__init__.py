"""Events and places as the features of collections (OGC API – Features)."""

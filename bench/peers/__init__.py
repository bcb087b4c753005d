"""The servers that the product is compared with."""

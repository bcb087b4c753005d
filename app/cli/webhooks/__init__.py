"""`timeline webhooks`: each change as a signed message to the addresses that an operator allows."""

"""The entities that the rows of a table may mean, with evidence; suggestions; values of properties."""

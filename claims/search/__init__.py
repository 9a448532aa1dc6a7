"""Full text: what is typed as a query, and the words that claims are found by."""

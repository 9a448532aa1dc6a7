"""The one filter of claims: its parameters, conditions, facets, dates, pages, and the sentence it is read back as."""

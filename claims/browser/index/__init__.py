"""The read model of the claims browser: published claims as columns in memory, the same on every engine.

Only ``claims.browser.facets`` and what stands beside it ask it; nobody else reaches into its arrays.
"""

"""What the site is compared with, and the site as the benchmark serves it."""

FACETS = ("issue", "speaker", "kind", "source")  # that all systems have

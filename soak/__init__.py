"""Loads that a running site has to bear, each with what is measured beside it. ``python -m soak`` runs them."""

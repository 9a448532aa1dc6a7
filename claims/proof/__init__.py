"""Passages: where a quoted text stands, what may be shown of it, on how many origins it rests."""

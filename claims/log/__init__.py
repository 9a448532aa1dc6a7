"""The log of changes: what changed, told as words and differences."""

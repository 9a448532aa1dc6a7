"""Proof: where a passage stands in the text of its source, and which documents carry the same words."""

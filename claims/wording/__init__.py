"""How a claim reads: its attribution sentence, its line in a list, its reference, its card."""

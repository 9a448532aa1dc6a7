"""Who comes in at the desk: attempts and their limits, the second factor, sessions."""

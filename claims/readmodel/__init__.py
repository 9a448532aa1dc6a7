"""Published claims as columns in memory, the same on every engine: what conditions find, counted and in order."""

"""Who stands where, since when, by which statements: positions, changes of stance, comparisons."""

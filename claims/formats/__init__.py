"""The same claims for programs: CSV, JSON, JSON-LD, Atom."""

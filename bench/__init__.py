"""The benchmarks: a database of invented claims, the peers it is measured against, and the tables that come of it."""

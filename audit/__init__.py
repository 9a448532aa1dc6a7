"""The audit: what the database itself notes of every change to any of its tables, each entry chained to the last."""

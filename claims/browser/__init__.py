"""Browsing claims: the filter, what it counts, its dates, its pages."""

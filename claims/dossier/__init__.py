"""The data package: a folder of CSV files with a description, read, checked, loaded and dumped.

The format is Frictionless' Tabular Data Package (specs.frictionlessdata.io). ``tables`` declares every table and column
once; reading, checking, loading and dumping follow from it.

Why not the ``frictionless`` library: it brings forty packages along, and knows neither lists within cells, nor our
dates, nor the rules of our models. What is used of the format fits in ``descriptor``, ``reading`` and ``described``.
"""

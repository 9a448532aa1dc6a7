"""The data package: a folder of CSV files with a descriptor, read, checked, loaded and dumped.

Other rooms import only the names in ``__all__``. The format is Frictionless' Tabular Data Package
(specs.frictionlessdata.io). Not its library ``frictionless``: that brings forty packages along, and knows neither lists
within cells, nor our dates, nor the rules of our models. What is used of the format fits in ``package/descriptor``,
``package/table_schema`` and ``package/constraints``.

What reading, loading and dumping share:

- ``schema``: what a table and a column are
- ``columns``: short ways to declare a column
- ``tables``: every table of the package, with all columns of the content tables
- ``provenance_tables``: the tables that only a dump writes: states, captures, takedowns, public log, former ids
- ``cell_format``: a value as the text of a cell, and back; the digest of a row
- ``database``: the rows on file as cells, and the lock on their tables
- ``faults``: the faults of a package, and the error that lists them

From a package to itself, without the database:

- ``prove``: notes in which text each passage was found

``package/``: from a folder to a checked package

- ``read``: reads a folder, checks it, and raises an error with all faults
- ``descriptor``: reads ``datapackage.json``
- ``table_schema``: whether the schema of a resource has the form of a Table Schema
- ``resources``: reads the files as rows and texts
- ``table_checks``: checks each cell, the keys, and the foreign keys of a table
- ``constraints``: what the package's own descriptor demands of them
- ``field_checks``: what the fields of our models demand of a cell
- ``row_rules``: what must hold between the cells of a row, and between rows

``load/``: from a checked package to the database

- ``load``: the whole load in one transaction
- ``plan``: compares the package with the database: which rows are new, edited, kept or left out
- ``renames``: finds rows whose id an editor has changed
- ``save``: writes the planned rows of one table
- ``editorial_log``: publishes and withdraws, and writes the public log
- ``provenance``: adds captured texts, takedowns, entries of the log, and former ids

``dump/``: from the database to a folder

- ``dump``: writes all files of a package
- ``descriptor``: makes ``datapackage.json``
- ``provenance``: the rows of the provenance tables, and the captured texts
- ``selection``: some claims only, with what they refer to
"""

from claims.dossier.dump.dump import dump_package
from claims.dossier.dump.selection import zip_selection
from claims.dossier.faults import Fault, Faults, PackageError, quote
from claims.dossier.load.load import COUNTS, LoadResult, load_package
from claims.dossier.package.read import read_package
from claims.dossier.prove import prove

__all__ = [
    "COUNTS",
    "Fault",
    "Faults",
    "LoadResult",
    "PackageError",
    "dump_package",
    "load_package",
    "prove",
    "quote",
    "read_package",
    "zip_selection",
]

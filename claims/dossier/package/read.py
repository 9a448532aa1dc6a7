"""Reads a package from a folder and checks all of it."""

from pathlib import Path

from claims.dossier.faults import Faults
from claims.dossier.package import resources, row_rules, table_checks
from claims.dossier.package.resources import Package


def read_package(folder: Path) -> Package:
    """The package in a folder. Raises PackageError, with all its faults, where it can't be loaded."""
    faults = Faults()
    package = resources.read(folder, faults)
    table_checks.check(package, faults)
    row_rules.check(package, faults)
    faults.raise_if_any()
    return package

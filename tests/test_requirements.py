"""What pyproject.toml asks for and the locks pin agree; every package that our code imports is asked for."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
GROUPS = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
    "requirements-bench.txt": PROJECT["dependency-groups"]["bench"],
}
APPLICATION = ("actors", "claims", "conflict_site", "scripts")
CHECKS = ("bench", "tests")


def asked(lock: str) -> list[Requirement]:
    """What pyproject.toml asks for in a lock."""
    return [Requirement(line) for line in GROUPS[lock]]


def packages(lock: str) -> list[str]:
    """A lock's packages, each with its version, its hashes and who asks for it."""
    return re.split(r"^(?=\w)", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]


def pins(lock: str) -> dict[str, str]:
    """A lock's versions by name."""
    found = [Requirement(package.split("\\")[0]) for package in packages(lock)]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in found}


def imports(*folders: str) -> set[str]:
    """The top names that the modules of these folders import."""
    modules = [ast.parse(path.read_text()) for folder in folders for path in (ROOT / folder).rglob("*.py")]
    nodes = [node for module in modules for node in ast.walk(module)]
    named = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    return {name.split(".")[0] for name in named} - sys.stdlib_module_names


@pytest.mark.parametrize("lock", GROUPS)
def test_a_lock_pins_each_direct_dependency_within_its_range(lock):
    versions = pins(lock)
    assert [each for each in asked(lock) if versions.get(canonicalize_name(each.name), "") not in each.specifier] == []


@pytest.mark.parametrize("lock", GROUPS)
def test_a_lock_holds_nothing_that_is_no_longer_asked_for(lock):
    direct = {
        package.split("==")[0].split("[")[0] for package in packages(lock) if "attributed (pyproject.toml" in package
    }
    assert direct == {canonicalize_name(each.name) for each in asked(lock)}


@pytest.mark.parametrize("lock", GROUPS)
def test_each_package_of_a_lock_has_hashes(lock):
    assert [package for package in packages(lock) if "--hash=sha256:" not in package] == []


@pytest.mark.parametrize("lock", GROUPS)
def test_a_lock_names_no_place_to_install_from(lock):
    assert not re.search(r"://|^-", (ROOT / lock).read_text(), re.MULTILINE)


def test_the_checks_run_with_the_versions_of_the_application():
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize(
    ("folders", "lock"), [(APPLICATION, "requirements.txt"), (CHECKS, "requirements-dev.txt")], ids=["code", "checks"]
)
def test_each_package_that_is_imported_is_a_direct_dependency(folders, lock):
    named = {canonicalize_name(each.name) for each in asked(lock)}
    distributions = packages_distributions()
    imported = {canonicalize_name(distributions[name][0]) for name in imports(*folders) if name in distributions}
    assert imported - named == set()

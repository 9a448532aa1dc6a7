"""The commands of the project: `make help` names them all, and hooks before a commit run what `make lint` runs."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from scripts.test import CHECKS

ROOT = Path(__file__).resolve().parent.parent


def test_help_prints_each_target_with_one_line():
    rules = re.findall(r"^([a-z0-9 -]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    made = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    printed = [re.fullmatch(r"make (\S+) +\S.+", line)[1] for line in made.stdout.splitlines()]
    assert sorted(printed) == sorted({target for rule in rules for target in rule.split()})


def test_hooks_run_what_lint_runs():
    [local] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert local["repo"] == "local"
    commands = {hook["entry"].removeprefix(".venv/bin/") for hook in local["hooks"]}
    assert commands <= {check.command for check in CHECKS["lint"]}


@pytest.mark.parametrize("names", ["types", "coverage", "release"])
def test_each_place_that_names_the_packages_names_them_all(names):
    beside = {"bench", "scripts", "soak", "tests"}  # not a part of what is served
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - beside
    [types] = [check.command.split() for check in CHECKS["lint"] if check.name == "types"]
    coverage = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["coverage"]["run"]["source"]
    [release] = re.findall(r"for package in (.+); do", (ROOT / "deploy/release").read_text())
    named = {"types": types[2:], "coverage": coverage, "release": release.split()}
    assert {*named[names]} - beside == packages


@pytest.mark.parametrize(("asked", "given"), [([], "--missing --licensed"), (["ALL=1"], "--missing")])
def test_texts_are_fetched_as_far_as_a_licence_allows_unless_all_are_asked_for(asked, given):
    alone = {
        name: value for name, value in os.environ.items() if not name.startswith("MAKE")
    }  # not a part of `make test`
    command = ["make", "--dry-run", "texts", *asked]
    made = subprocess.run(command, cwd=ROOT, env=alone, check=True, capture_output=True, text=True)
    assert made.stdout.strip().endswith(f"manage.py capture {given}")

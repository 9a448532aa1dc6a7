"""The name of this process, for what no account does."""

import sys
from pathlib import Path


def program() -> str:
    """As "manage.py load_dossier", "gunicorn"."""
    name = Path(sys.argv[0]).name
    return " ".join([name, *sys.argv[1:2]]) if name == "manage.py" else name

"""Whether the site still gives the same answers: for every change of the code that must change nothing.

    python scripts/same_answers store FILE      stores the answer to every address of the opening dossier
    python scripts/same_answers compare FILE    asks again, prints what differs, and exits with 1 if anything does

The database is a new one of its own: SQLite, or on the server that DATABASE_URL names. See CONTRIBUTING.md.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main(arguments: list[str]) -> int:
    """Store or compare; returns the exit status."""
    if len(arguments) != 2 or arguments[0] not in ("store", "compare"):
        print(__doc__)
        return 2
    import asking
    import stored

    what, file = arguments[0], Path(arguments[1])
    with asking.site() as site:
        answers = site.answers()
        if what == "store":
            count = stored.store(file, answers)
            print(f"{count:,} answers stored in {file}.")
            different = 0
        else:
            count, different = stored.compare(file, answers)
            print(f"{different:,} of {count:,} answers differ." if different else f"{count:,} answers, all the same.")
        for pattern in site.unasked():
            print(f"Never asked: {pattern}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

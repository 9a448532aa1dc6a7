"""Files of statements brought in as drafts: tables, ClaimReview, data packages.

- ``limits``: how much a file may hold
- ``archive``, ``workbook``, ``sheets``: files as strangers pack them, read with these limits
- ``statements``: a statement as a file has it, and which columns it can have
- ``tables``, ``claim_review``: rows and items as statements
- ``reading_dates``, ``web``, ``matching``: dates, addresses and names as people write them; ``answers``: kept answers
- ``plan``: what would become of each statement
- ``write``: writes a plan
- ``jobs``: checks and writes a file, all or nothing; ``progress``: tells others how far it has come
"""

from claims.imports.answers import keep_spellings
from claims.imports.jobs import Report, bring_in, keep_mapping, kind_of, mapping_for, run
from claims.imports.limits import LARGEST_FILE, check_size
from claims.imports.plan import What
from claims.imports.progress import Seen, Told, forget, look, open_new
from claims.imports.reading_dates import AS_WRITTEN, ORDERS
from claims.imports.sheets import read_header
from claims.imports.statements import FIELDS, NEEDED

__all__ = [
    "AS_WRITTEN",
    "FIELDS",
    "LARGEST_FILE",
    "NEEDED",
    "ORDERS",
    "Report",
    "Seen",
    "Told",
    "What",
    "bring_in",
    "check_size",
    "forget",
    "keep_mapping",
    "keep_spellings",
    "kind_of",
    "look",
    "mapping_for",
    "open_new",
    "read_header",
    "run",
]

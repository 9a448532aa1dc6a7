"""``manage.py export_claims FILE``: write claims as CSV, XLSX or a data package, by the ending of the file's name."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict

from claims.dossier import zip_selection
from claims.filtering import ClaimFilter, facets
from claims.formats import sheets
from claims.models import Claim, State


class Command(BaseCommand):
    help = (
        "Writes claims as a table (.csv, .xlsx) that import_claims reads back, or with what they refer to as a data "
        "package (.zip). It is the newsroom's own: without --query it holds drafts too."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the file to be made, .csv, .xlsx or .zip")
        parser.add_argument("--state", choices=State.values, help="claims in this state only")
        parser.add_argument(
            "--query", help="published claims as on /claims/?QUERY: speaker=sergei-lavrov&said_from=2023"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path, claims = options["path"], Claim.objects.all()
        if path.exists():
            raise CommandError(f"{path} is there already; name a file that is not.")
        if options["state"]:
            claims = claims.filter(state=options["state"])
        if options["query"] is not None:
            claims = claims.filter(pk__in=self._found(options["query"]))
        made = {".csv": self._csv, ".xlsx": sheets.as_xlsx, ".zip": self._package}.get(path.suffix)
        if made is None:
            raise CommandError("The file's name ends in .csv, .xlsx or .zip.")
        path.write_bytes(made(claims))
        if options["verbosity"]:
            self.stdout.write(f"{claims.count()} claims written to {path}.")

    def _found(self, query: str) -> list[int]:
        claim_filter = ClaimFilter(QueryDict(query))
        if not claim_filter.is_valid():
            raise CommandError(f"This is no query of claims: {claim_filter.errors.as_text()}")
        found: list[int] = facets.keys(claim_filter).tolist()
        return found

    def _csv(self, claims: Any) -> bytes:
        return "".join(sheets.as_csv(claims)).encode()

    def _package(self, claims: Any) -> bytes:
        return zip_selection({*claims.values_list("slug", flat=True)})

"""Asks a site without a desk for everything, in every way, and tells what came of it, as JSON. A process of its own."""

import json
from collections import Counter

import django

django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402
from django.test import Client  # noqa: E402

from claims.models import Claim  # noqa: E402
from conflict_site.models import Site  # noqa: E402
from scripts.same_answers.patterns import ABSENT, patterns  # noqa: E402
from scripts.same_answers.sample import spread  # noqa: E402

METHODS = ("GET", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
KINDS = ("application/json", "application/ld+json")
OF_A_PATTERN = 3  # addresses
FORM = "application/x-www-form-urlencoded"
DESK = ("/admin/", "/admin/login/", "/admin/claims/claim/add/", "/admin/code/")


def refused(write):
    """Whether the database refuses to be written to; the process goes on either way."""
    try:
        write()
    except DatabaseError:
        return True
    return False


def requests():
    """Some addresses of each pattern in every way; pages in every format that may be asked for, once a pattern."""
    found = [spread(list(pattern.urls()), OF_A_PATTERN) for pattern in patterns()]
    for urls in [*found, DESK, [f"/{ABSENT}/"], ["/claims/?q=talks&as_of=2024"]]:
        yield from ((method, url, "*/*") for url in urls for method in METHODS)
        yield from (("GET", url, kind) for url in urls[:1] for kind in KINDS)
        yield from (("HEAD", url, "*/*") for url in urls[:1])


def walk():
    client, statuses, cookies, faults = Client(raise_request_exception=False), Counter(), 0, []
    for method, url, kind in requests():
        answer = client.generic(method, url, b"a=1", content_type=FORM, HTTP_ACCEPT=kind, HTTP_COOKIE="sessionid=x")
        cookies += "Set-Cookie" in answer.headers or bool(answer.cookies)
        statuses[method == "GET", answer.status_code] += 1
        if answer.status_code >= 500 or (url in DESK and answer.status_code not in (404, 405)):
            faults.append([method, url, answer.status_code])
    return {"asked": statuses.total(), "found": statuses[True, 200], "cookies": cookies, "faults": faults}


def main():
    told = walk()
    told["refused"] = [
        refused(lambda: Group.objects.create(name="x")),
        refused(lambda: Site(pk=1, title="x").save()),
        refused(lambda: Claim.objects.update(content="x")),
        refused(lambda: connection.cursor().execute("CREATE TABLE x (y integer)")),
        refused(lambda: connection.cursor().execute("DROP TABLE claims_claim")),
    ]
    told["secrets"] = refused(lambda: connection.cursor().execute("SELECT password FROM auth_user"))
    print(json.dumps(told))


if __name__ == "__main__":
    main()

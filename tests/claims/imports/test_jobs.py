"""Files brought to the desk: what is found is kept with the job."""

import pytest

from claims.imports import run
from claims.models import Import, ImportFile, ImportKind
from tests.claims.imports.files import a_review, as_json
from tests.factories import a_user, an_actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("odd", ["\\u0000", "\\ud83d"], ids=["NUL", "half a pair"])
def test_signs_that_no_text_may_hold_are_refused_and_the_report_is_kept(odd):
    an_actor("Ann Lee")
    data = as_json(a_review()).replace(b"Ann Lee", f"Ann {odd}Lee".encode())
    job = Import.objects.create(name="a.json", kind=ImportKind.CLAIM_REVIEW, created_by=a_user())
    ImportFile.objects.create(job=job, data=data)
    run(job, dry_run=True)
    job.refresh_from_db()
    assert job.report["counts"] == {"refused": 2}
    assert job.report["rows"][0][2] == "Ann Lee"
    assert [one["name"] for one in job.report["questions"]] == ["The Checkers"]

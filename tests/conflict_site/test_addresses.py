"""Addresses by replacement are those that Django would give."""

import pytest
from django.urls import reverse, set_script_prefix

from conflict_site.base.addresses import address


@pytest.mark.parametrize(
    "page", ["claims:detail", "claims:issue", "claims:source", "claims:event", "actors:detail", "claims:detail-json"]
)
def test_they_are_djangos_own(page):
    assert address(page, "lavrov-2025_06") == reverse(page, args=["lavrov-2025_06"])


def test_one_of_two_slugs_is_djangos_own_too():
    assert address("claims:story", "talks", "ada") == reverse("claims:story", args=["talks", "ada"])


def test_they_follow_the_prefix_under_which_the_site_is_served():
    set_script_prefix("/record/")
    try:
        assert address("claims:detail", "one") == "/record/claims/one/"
    finally:
        set_script_prefix("/")
    assert address("claims:detail", "one") == "/claims/one/"

"""What readers and robots send to the claims browser: an error in words, never a failure, never everything."""

import pytest

from tests.factories import a_claim, an_actor

pytestmark = pytest.mark.django_db

NASTY = [
    "\x00", "\u202eabc", "\r\nSet-Cookie: a=b", "' OR 1=1 --", "%", 'a*"', "<script>alert(1)</script>", "9" * 40, "-1",
    "NaN", "٢٠٢٣", "2023-13", "2023-02-30", "0000", "[2023..2024]", "я" * 60_000, "💥" * 150, "\ud800", "a|b&!(c)",
    "\\", "AND OR NOT", "2024-01-15~9223372036854775808",
]  # fmt: skip
PARAMETERS = [
    "speaker", "not_speaker", "issue", "source", "publisher", "event", "act", "form", "kind", "q", "not_q",
    "source_kind", "identification", "language", "actor", "role", "said_from", "said_to", "match", "clock", "sort",
    "after", "as_of", "known_by", "speaker__slug__regex", "",
]  # fmt: skip


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_no_value_makes_it_fail_or_show_everything(client, parameter):
    a_claim("a very public matter")
    for value in NASTY:
        sent = {parameter: value.encode("utf-8", "surrogatepass")}
        page, data = client.get("/claims/", sent), client.get("/claims.json", sent)
        assert page.status_code == 200, value
        assert data.status_code in (200, 400), value
        if data.status_code == 400:
            assert "a very public matter" not in page.text
            assert data.json()["errors"]
            assert "results" not in data.json()
        assert "\x00" not in page.text


def test_what_is_sent_is_not_run(client):
    a_claim()
    page = client.get("/claims/?speaker=<script>alert(1)</script>&<b>=1&q=<i>%00").text
    assert "<script>alert(1)" not in page
    assert "<b>=1" not in page
    assert "<i>" not in page


@pytest.mark.parametrize("name", ["said_from", "actor", "role", "match", "clock", "sort", "after", "as_of", "known_by"])
def test_what_may_stand_once_is_refused_twice(client, name):
    a_claim(speaker=an_actor(slug="x"))
    response = client.get(f"/claims.json?{name}=2024&{name}=2024")
    assert response.status_code == 400
    assert response.json()["errors"][name] == ["Give 1 at most."]


def test_many_parameters_are_refused(client):
    a_claim()
    query = "&".join(f"p{number}=1" for number in range(3000))
    assert client.get(f"/claims.json?{query}").status_code == 400
    assert client.get("/claims/?" + "&".join(["q=a"] * 4000)).status_code == 200

"""The benchmark compares the site with plain SQL before it measures; here on a small record, on either engine."""

from django.db import connection

from bench.naive import answer, differences


def test_the_site_answers_what_plain_sql_finds(client, ask, rows):
    found = {}
    for name, row in rows.items():
        got = client.get(row.url("/claims.json"))
        assert got.status_code == 200, name
        expected = answer(ask, connection.vendor, row)
        assert differences(expected, got.json(), row) == [], name
        found[name] = expected.count

    assert len(found) == 19
    assert found["none"] > found["kind of rank 1"] > found["actor of rank 1"] > found["a word in 1 %"] > 0


def test_it_says_what_differs(client, ask, rows):
    row = rows["issue of rank 1, ten months"]
    got = client.get(row.url("/claims.json")).json()
    expected = answer(ask, connection.vendor, row)
    got["count"] += 1
    got["results"].reverse()
    got["facets"]["kind"].pop(0)
    got["facets"]["act"][0]["count"] += 1
    got["histogram"].clear()

    wrong = differences(expected, got, row)

    assert wrong[0] == f"finds {expected.count + 1} claims, not {expected.count}"
    assert [text.split(", not")[0].split(" {")[0].split(" [")[0] for text in wrong[1:]] == [
        "the first page holds",
        "facet kind does not show the most frequent values:",
        "facet act is",
        "facet act does not show the most frequent values:",
        "the histogram is",
    ]

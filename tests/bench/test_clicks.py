"""What is said of clicks."""

from bench.clicks import report


def test_the_browser_is_told_apart_from_the_request_it_waits_for():
    clicks = [(60.0 + each, 40.0) for each in range(21)]
    assert report(clicks) == [
        "click to painted: median 70 ms, p95 79 ms",
        "the request: median 40 ms, p95 40 ms",
        "the browser's own: median 30 ms, p95 39 ms",
    ]

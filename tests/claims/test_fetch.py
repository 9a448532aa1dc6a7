"""Pages asked for politely, within limits, from public addresses only. The server is real and on this machine."""

import gzip
import socket
from time import monotonic

import pytest

from claims.capture.addresses import is_public
from claims.capture.web import Fetcher, FetchError, Limits
from tests.loopback import answer, dripping, late, redirect


def fetcher(**given):
    return Fetcher(**{"delay": 0, "loopback": True, **given})


def trouble(url, **given):
    with pytest.raises(FetchError) as error:
        fetcher(**given).get(url)
    return str(error.value)


def test_it_gives_the_page_with_its_type_and_charset(web):
    url = web.put("/a", answer("привет".encode("cp1251"), media_type="Text/HTML; Charset=Windows-1251"))
    found = fetcher().get(url)
    assert (found.url, found.body) == (url, "привет".encode("cp1251"))
    assert found.type_and_charset == ("text/html", "windows-1251")


def test_it_says_who_asks_and_where_to_complain(web):
    fetcher(contact="desk@example.org").get(web.put("/a", answer("x")))
    assert web.headers[-1]["User-Agent"] == "Attributed (desk@example.org)"
    assert web.headers[-1]["Host"] == web.url.removeprefix("http://")


def test_it_unpacks_a_page(web):
    url = web.put("/a", answer(gzip.compress(b"words " * 1000), Content_Encoding="gzip"))
    assert fetcher().get(url).body == b"words " * 1000


def test_it_follows_redirects_relative_ones_too(web):
    web.put("/a", redirect("b"))
    web.put("/b", redirect(web.url + "/c", 301))
    web.put("/c", answer("here"))
    found = fetcher().get(web.url + "/a")
    assert (found.url, found.body) == (web.url + "/c", b"here")


def test_it_tires_of_redirects(web):
    web.put("/a", redirect("/a"))
    assert trouble(web.url + "/a") == "too many redirects (more than 5)"
    assert web.asked.count("/a") == 6


@pytest.mark.parametrize(
    "private",
    [
        "http://10.0.0.1/",
        "http://192.168.1.1/a",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://0.0.0.0/",
        "http://2886729729/",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(web, private):
    assert trouble(web.put("/a", redirect(private))).startswith("no public address (")


@pytest.mark.parametrize("there", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "https://"])
def test_a_redirect_away_from_the_web_is_refused(web, there):
    assert trouble(web.put("/a", redirect(there))).startswith("no usable address (")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_this_machine_is_not_public(web, name):
    url = web.put("/a", answer("secret")).replace("127.0.0.1", name)
    assert trouble(url, loopback=False).startswith("no public address (")
    assert web.asked == []


def names(monkeypatch, *answers):
    """Lets the system's look-up of the name "two-faced.example" give these lists of addresses, one after the other."""
    real, left = socket.getaddrinfo, iter(answers)

    def getaddrinfo(host, *args, **options):
        found = next(left) if host == "two-faced.example" else [host]
        return [place for address in found for place in real(address, *args, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_the_connection_goes_to_the_address_that_was_checked(web, monkeypatch):
    names(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    url = web.put("/a", answer("here")).replace("127.0.0.1", "two-faced.example")
    assert fetcher().ask(url).body == b"here"


def test_a_name_that_changes_its_address_on_the_way_is_refused(web, monkeypatch):
    names(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    url = web.put("/a", answer("here")).replace("127.0.0.1", "two-faced.example")
    assert trouble(url) == "no public address (two-faced.example is 10.0.0.1)"


def test_one_private_address_closes_a_host(web, monkeypatch):
    names(monkeypatch, ["127.0.0.1", "10.0.0.1"])
    url = web.put("/a", answer("here")).replace("127.0.0.1", "two-faced.example")
    assert trouble(url) == "no public address (two-faced.example is 10.0.0.1)"
    assert web.asked == []


def test_where_one_address_does_not_answer_the_next_one_may(web, monkeypatch):
    names(monkeypatch, ["127.0.0.2", "127.0.0.1"])
    url = web.put("/a", answer("here")).replace("127.0.0.1", "two-faced.example")
    assert fetcher().ask(url).body == b"here"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("64:ff9b::7f00:1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("ff0e::1", False),
        ("fe80::1%eth0", False),
        ("255.255.255.255", False),
        ("::", False),
    ],
)
def test_public_addresses_are_told_from_others(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "gone (status 404)"),
        (410, "gone (status 410)"),
        (403, "refused by the host (status 403)"),
        (451, "refused by the host (status 451)"),
        (429, "host asks to wait (status 429)"),
        (503, "host asks to wait (status 503)"),
        (500, "error (status 500)"),
        (204, "error (status 204)"),
        (304, "error (status 304)"),
    ],
)
def test_a_status_says_why_there_is_no_page(web, status, said):
    assert trouble(web.put("/a", answer("", status))) == said


def test_a_host_that_asks_to_wait_is_left_alone_for_the_rest_of_the_round(web):
    web.put("/a", answer("", 429))
    web.put("/b", answer("here"))
    one = fetcher()
    for path in ("/a", "/b"):
        with pytest.raises(FetchError, match="host asks to wait"):
            one.get(web.url + path)
    assert web.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize("media_type", ["image/png", "application/json", "application/octet-stream", ""])
def test_other_types_are_not_read(web, media_type):
    said = trouble(web.put("/a", answer("x", media_type=media_type)))
    assert said == f"no readable type ({media_type or 'none given'})"


def test_a_host_that_does_not_answer_times_out(web):
    assert trouble(web.put("/a", late(1)), limits=Limits(read=0.1)) == "timed out"


def test_a_page_that_never_ends_times_out(web):
    url = web.put("/a", dripping(0.02, 200))
    began = monotonic()
    assert trouble(url, limits=Limits(total=0.3)) == "timed out (too slow)"
    assert monotonic() - began < 2


def test_a_page_that_says_it_is_too_large_is_not_read(web):
    assert trouble(web.put("/a", answer("x" * 2000)), limits=Limits(size=1000)) == "too large (2000 bytes)"


def test_a_page_that_does_not_say_how_large_it_is_is_read_up_to_the_limit(web):
    url = web.put("/a", answer(gzip.compress(b"x" * 50_000_000), Content_Encoding="gzip"))
    assert trouble(url, limits=Limits(size=1_000_000)) == "too large (more than 1000000 bytes)"


def test_a_broken_answer_is_trouble(web):
    web.put("/a", answer(b"no gzip", Content_Encoding="gzip"))
    web.put("/b", lambda handler: handler.wfile.write(b"nonsense\r\n\r\n"))
    web.put("/c", answer("short", Content_Length="100"))
    for path in ("/a", "/b", "/c"):
        assert trouble(web.url + path).startswith("unreachable (")


def test_a_closed_port_and_a_host_that_is_not_there_are_trouble(web):
    assert trouble("http://127.0.0.1:1/a").startswith("unreachable (")
    assert trouble("http://nowhere..invalid/a") == "host not found (nowhere..invalid)"
    assert trouble("") == "no usable address (none recorded)"


@pytest.mark.parametrize(
    ("number", "said"), [(socket.EAI_NONAME, "host not found"), (socket.EAI_AGAIN, "no name service")]
)
def test_a_host_that_is_not_there_is_told_from_a_name_service_that_does_not_answer(monkeypatch, number, said):
    def refuse(*given, **named):
        raise socket.gaierror(number, "as the system says it")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert trouble("http://somewhere.example/a") == f"{said} (somewhere.example)"


def test_a_page_without_a_safe_connection_is_not_read(web):
    said = trouble(web.put("/a", answer("x")).replace("http:", "https:"))
    assert said.startswith("unreachable (")


def test_robots_txt_is_honoured_with_its_wildcards(web):
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: attributed\nDisallow: /private/*.html$\nAllow: /\n"
    web.put("/robots.txt", answer(rules, media_type="text/plain"))
    web.put("/private/a.html", answer("x"))
    web.put("/private/a.txt", answer("x"))
    one = fetcher()
    assert one.get(web.url + "/private/a.txt").body == b"x"
    with pytest.raises(FetchError, match=r"refused by robots\.txt"):
        one.get(web.url + "/private/a.html")
    assert web.asked == ["/robots.txt", "/private/a.txt"]


def test_a_redirect_to_a_page_that_robots_txt_closes_is_not_followed(web):
    web.put("/robots.txt", answer("User-agent: *\nDisallow: /b", media_type="text/plain"))
    web.put("/a", redirect("/b"))
    assert trouble(web.url + "/a") == "refused by robots.txt"
    assert "/b" not in web.asked


def test_a_host_whose_robots_txt_fails_is_left_alone(web):
    web.put("/robots.txt", answer("", 500))
    assert trouble(web.put("/a", answer("x"))) == "refused by robots.txt"


def test_a_host_is_asked_only_so_often(web):
    one = fetcher(delay=0.2)
    for path in ("/a", "/b"):
        web.put(path, answer("x"))
    began = monotonic()
    one.get(web.url + "/a")
    one.get(web.url + "/b")
    assert monotonic() - began > 0.4
    assert web.asked == ["/robots.txt", "/a", "/b"]


def test_a_host_that_wants_more_time_gets_it(web):
    web.put("/robots.txt", answer("User-agent: *\nCrawl-delay: 0.3", media_type="text/plain"))
    web.put("/a", answer("x"))
    one = fetcher()
    began = monotonic()
    one.get(web.url + "/a")
    one.get(web.url + "/a")
    assert monotonic() - began > 0.3


def test_a_host_that_wants_very_much_time_is_left_alone(web):
    web.put("/robots.txt", answer("User-agent: *\nCrawl-delay: 3600", media_type="text/plain"))
    assert trouble(web.put("/a", answer("x"))) == "refused by robots.txt (3600 seconds between requests)"


def test_an_interface_for_programs_is_asked_without_robots_txt(web):
    web.put("/a", answer("{}", media_type="application/json"))
    assert fetcher().get(web.url + "/a", ["application/json"], robots=False).body == b"{}"
    assert web.asked == ["/a"]

"""nginx as deploy/nginx.conf sets it up, started in front of a server that a test lays down."""

import os
import pwd
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Barrier
from time import monotonic, sleep

import pytest
from urllib3 import BaseHTTPResponse as Answer
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, ProtocolError, SSLError

from conflict_site import purging
from conflict_site.caching import KEEP
from tests.conftest import ROOT, found
from tests.loopback import Pages, answer, serving

pytestmark = pytest.mark.program("nginx", "openssl")
HOST = "record.example.org"
SECONDS = 2  # that a page may be kept here
MAIN = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{ include {folder}/site.conf; proxy_cache_lock_timeout 10m; proxy_cache_lock_age 10m;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; }}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def somebody(name: str) -> pwd.struct_passwd:
    """An account that is there, whatever it is called here."""
    return next((each for each in pwd.getpwall() if each.pw_name == name), pwd.getpwnam("nobody"))


NGINX, KEEPER = "www-data", "nobody"


@dataclass
class Nginx:
    """Its ports, the folder of its files, and what stands behind it."""

    plain: int
    tls: int
    folder: Path
    behind: Pages

    @property
    def cache(self) -> Path:
        return self.folder / "attributed"

    def send(self, method: str, path: str, host: str = HOST, body: bytes = b"", **headers: str) -> Answer:
        """What is answered over TLS; header names are written with underscores."""
        given = {"Host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
        name, ours = host.partition(":")[0], str(self.folder / "fullchain.pem")
        with HTTPSConnectionPool(
            "127.0.0.1", self.tls, ca_certs=ours, server_hostname=name, assert_hostname=name
        ) as pool:
            return pool.request(method, path, body=body or None, headers=given, retries=False, timeout=30)

    def send_plainly(self, path: str, host: str = HOST) -> Answer:
        with HTTPConnectionPool("127.0.0.1", self.plain) as pool:
            return pool.request("GET", path, headers={"Host": host}, retries=False, redirect=False, timeout=30)

    def text(self, path: str) -> str:
        return self.send("GET", path).data.decode()


def written(folder: Path, plain: int, tls: int, behind: Pages) -> Path:
    """The file of deploy/, with the ports, paths and the certificate of a trial."""
    site = (ROOT / "deploy" / "nginx.conf").read_text()
    site = re.sub(r"listen \[::\].*\n", "", site)
    site = site.replace("listen 80", f"listen 127.0.0.1:{plain}").replace("listen 443", f"listen 127.0.0.1:{tls}")
    site = site.replace("/var/cache/nginx", str(folder)).replace("/var/log/nginx", str(folder))
    site = site.replace("127.0.0.1:8000", behind.url.removeprefix("http://"))
    site = re.sub(r"/etc/letsencrypt/live/[^/]*/(\w+)\.pem", rf"{folder}/\1.pem", site)
    (folder / "site.conf").write_text(site)
    user = f"user {somebody(NGINX).pw_name};" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    names = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem", "-subj", f"/CN={HOST}"]
    names += ["-addext", f"subjectAltName=DNS:{HOST}"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "nginx.conf"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    folder, plain, tls = tmp_path_factory.mktemp("nginx"), free_port(), free_port()
    for each in (folder, *folder.parents[:2]):
        each.chmod(0o755)  # nginx is another account
    cache = folder / "attributed"
    cache.mkdir(mode=0o700)
    if os.geteuid() == 0:  # as deploy/release does it
        os.chown(cache, somebody(NGINX).pw_uid, somebody(KEEPER).pw_gid)
        cache.chmod(0o2770)
    program = found("nginx")
    with serving() as behind:
        command = [program, "-p", folder, "-c", written(folder, plain, tls, behind)]
        tried = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert "syntax is ok" in tried.stderr, tried.stderr
        server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            nginx = Nginx(plain, tls, folder, behind)
            wait_until_it_answers(nginx)
            yield nginx
        finally:
            server.terminate()
            server.wait()


def wait_until_it_answers(nginx: Nginx) -> None:
    for _ in range(400):
        with suppress(HTTPError):
            nginx.text("/")
            return
        sleep(0.05)


@pytest.fixture
def kept(nginx: Nginx, request: pytest.FixtureRequest) -> str:
    """The path of a page that may be kept, and is."""
    path = f"/{request.node.name}/"
    nginx.behind.put(path, answer("first", Cache_Control=KEEP.format(SECONDS), Surrogate_Key="record"))
    assert nginx.text(path) == "first"
    nginx.behind.put(path, answer("second", Cache_Control=KEEP.format(SECONDS)))
    return path


def test_a_page_is_kept_for_as_long_as_the_setting_says_and_no_longer(nginx, kept):
    begun = monotonic()
    assert nginx.text(kept) == "first" or monotonic() - begun > SECONDS
    sleep(SECONDS + 1.1)  # nginx counts whole seconds
    assert nginx.text(kept) == "second"


def test_what_is_to_be_asked_for_each_time_is_not_kept(nginx):
    for words in ("first", "second"):
        nginx.behind.put("/asked/", answer(words, Cache_Control="public, no-cache"))
        assert nginx.text("/asked/") == words


def test_who_has_signed_in_gets_and_leaves_nothing_in_the_cache(nginx, kept):
    assert nginx.send("GET", kept, Cookie="sessionid=a").data == b"second"
    nginx.behind.put("/signed/", answer("hers", Cache_Control=KEEP.format(SECONDS)))
    assert nginx.send("GET", "/signed/", Cookie="sessionid=a").data == b"hers"
    nginx.behind.put("/signed/", answer("everybody's", Cache_Control=KEEP.format(SECONDS)))
    assert nginx.text("/signed/") == "everybody's"


def as_account(name: str, act: Callable[[], None]) -> int:
    """Act as another account, in a process of its own; its status."""
    account, child = somebody(name), os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)
            act()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.accounts
def test_another_account_than_nginx_lets_go_of_all_that_it_kept(nginx, kept, settings):
    settings.PURGE = [f"folder://{nginx.cache}"]
    (purge,) = purging.caches()
    files = [*nginx.cache.iterdir()]
    owners = {somebody(NGINX).pw_uid}
    assert ({file.stat().st_uid for file in files}, [file for file in files if file.is_dir()]) == (owners, [])
    assert as_account(KEEPER, purge) == 0
    assert [*nginx.cache.iterdir()] == []
    assert nginx.text(kept) == "second"


def test_nginx_takes_a_page_whose_file_is_gone_for_one_that_it_never_kept(nginx, kept, settings):
    settings.PURGE = [f"folder://{nginx.cache}"]
    purging.caches()[0]()
    assert nginx.text(kept) == "second"


def test_whoever_asks_while_a_release_is_switched_waits_for_minutes_reader_or_curator(nginx):
    """Where one process stands alone, nginx has no other to ask: after a shorter time it would turn them away."""
    assert re.findall(r"(\w+_timeout) (\S+);", (nginx.folder / "site.conf").read_text()) == [
        ("proxy_read_timeout", "5m"),
        ("proxy_connect_timeout", "2s"),
    ]


def test_the_site_is_told_what_was_asked_for_and_by_whom_whatever_a_visitor_claims(nginx):
    nginx.behind.put("/told/", answer("told"))
    claimed = {"X_Forwarded_For": "192.0.2.9", "X_Forwarded_Proto": "http", "X_Request_ID": "mine"}
    nginx.send("GET", "/told/", f"{HOST}:8443", **claimed)
    told = nginx.behind.headers[-1]
    named = [told[name] for name in ("Host", "X-Forwarded-For", "X-Forwarded-Proto")]
    assert named == [f"{HOST}:8443", "127.0.0.1", "https"]
    assert re.fullmatch("[0-9a-f]{32}", told["X-Request-ID"])


def test_another_name_is_refused_without_a_word(nginx):
    with pytest.raises(SSLError):
        nginx.send("GET", "/", "other.example.org")
    with pytest.raises(ProtocolError):
        nginx.send_plainly("/", "other.example.org")


def test_plain_http_is_led_to_tls(nginx):
    answered = nginx.send_plainly("/claims/?q=a")
    assert (answered.status, answered.headers["Location"]) == (301, f"https://{HOST}/claims/?q=a")


def test_files_as_large_as_the_desk_takes_pass_and_larger_ones_do_not(nginx):
    def taken(handler: BaseHTTPRequestHandler) -> None:
        handler.rfile.read(int(handler.headers["Content-Length"]))
        answer("taken")(handler)

    nginx.behind.put("/admin/large/", taken)
    assert nginx.send("PURGE", "/admin/large/", body=b"a" * 29_000_000).data == b"taken"
    assert nginx.send("PURGE", "/admin/large/", Content_Length="32000000").status == 413


def test_its_log_names_no_reader(nginx):
    nginx.send("GET", "/logged/?q=secret")
    log = nginx.folder / "attributed.access.log"
    for _ in range(400):
        if "/logged/" in log.read_text():
            break
        sleep(0.05)
    (line,) = (line for line in log.read_text().splitlines() if "/logged/" in line)
    assert re.fullmatch(r'127\.0\.0\.0 \[\S+\] "GET /logged/" 404 \d+ \w+ [\d.]+ [0-9a-f]{32}', line), line


def test_those_who_ask_at_once_for_what_is_not_kept_do_not_wait_for_each_other(nginx):
    at_once = Barrier(4, timeout=20)

    def meeting(handler: BaseHTTPRequestHandler) -> None:
        at_once.wait()  # breaks where fewer than four are asked for at once
        answer("met", Cache_Control="public, no-cache")(handler)

    nginx.behind.put("/meeting/", meeting)
    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(nginx.text, ["/meeting/"] * 4)] == ["met"] * 4

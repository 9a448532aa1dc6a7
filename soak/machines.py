"""Several machines on one: a primary, two replicas, pgbouncer, three processes of the site and nginx, each started as
docs/deploying.md says, and each killed and started again by name.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg

from scripts.with_postgres import programs, unprivileged
from soak.desk import ACCOUNT
from soak.places import HOST, ROOT, NotTried, ask, environment, free_port, manage

DATABASES = ("primary", "replica1", "replica2")
PROCESSES = ("app1", "app2", "reader")  # the last is for readers alone
NEEDED = ("nginx", "pgbouncer")
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
wal_keep_size = '1GB'
hot_standby_feedback = on
wal_receiver_status_interval = 1s
wal_retrieve_retry_interval = 1s
"""
ACKNOWLEDGED = "synchronous_standby_names = 'ANY 1 (replica1, replica2)'\n"  # a write is, once a replica has it, too
PGBOUNCER = """
[databases]
record = host=127.0.0.1 port={primary} dbname=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {pgbouncer}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
server_login_retry = 1
server_connect_timeout = 2
query_wait_timeout = 3
"""
NGINX = "daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log crit; {user} events {{}} http {{ {site} }}"
READER = "attributed_reader"


class Machines:
    """What runs, by its name."""

    def __init__(self, folder: Path, replicas: bool = True) -> None:
        """Without ``replicas`` the site knows of none."""
        self.folder, self.has_replicas = folder, replicas
        self.ports = {name: free_port() for name in (*DATABASES, *PROCESSES, "pgbouncer", "nginx")}
        self.primary = "primary"
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._programs = programs(folder)

    def start_all(self) -> None:
        """The record, then everything before it."""
        self._make_primary()
        for name in DATABASES[1:]:
            self._make_replica(name)
        with (self.folder / "primary" / "postgresql.conf").open("a") as conf:
            conf.write(ACKNOWLEDGED)
        self.ask("primary", "SELECT pg_reload_conf()")
        for name in ("pgbouncer", *PROCESSES, "nginx"):
            self.start(name)

    def start(self, name: str) -> None:
        """Start it, and wait until it can be asked."""
        command, given = self._command(name)
        log = (self.folder / f"{name}.log").open("ab")
        self._running[name] = subprocess.Popen(
            command, cwd=self.folder if name in DATABASES else ROOT, stdout=log, stderr=log, process_group=0, **given
        )
        until(lambda: self._answers(name), 120)

    def kill(self, name: str) -> None:
        """End it and all its children at once, as a machine without power does."""
        process = self._running.pop(name)
        children = _children(process.pid)
        os.killpg(process.pid, signal.SIGKILL)
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        process.wait()
        until(lambda: not is_open(self.ports[name]), 30)

    def stop_all(self) -> None:
        """End all that runs."""
        for name in [*self._running]:
            self.kill(name)

    def ask(self, name: str, sql: str) -> Any:
        """The first value that a database answers, if it answers any."""
        with psycopg.connect(self.address(name), autocommit=True) as connection:
            done = connection.execute(sql.encode())
            row = done.fetchone() if done.description else None
        return row[0] if row else None

    def address(self, name: str, user: str = "postgres") -> str:
        """Of a database, or of the primary by way of pgbouncer."""
        end = "record?pooled=1" if name == "pgbouncer" else "postgres"
        return f"postgresql://{user}@{HOST}:{self.ports[name]}/{end}"

    def promote(self, name: str) -> None:
        """By the steps of the guide: promote, lead pgbouncer to it, let the other one follow."""
        self.ask(name, "SELECT pg_promote()")
        self.primary = name
        self._write_pgbouncer()
        self._running["pgbouncer"].send_signal(signal.SIGHUP)
        for other in {"replica1", "replica2"} - {name}:
            follow = f"host={HOST} port={self.ports[name]} user=postgres application_name={other}"
            self.ask(other, f"ALTER SYSTEM SET primary_conninfo = '{follow}'")
            self.ask(other, "SELECT pg_reload_conf()")

    def _answers(self, name: str) -> bool:
        try:
            if name in DATABASES:
                return bool(self.ask(name, "SELECT 1"))
            return is_open(self.ports[name]) and (name not in PROCESSES or ask(self.ports[name], "/livez")[0] == 200)
        except (OSError, psycopg.OperationalError):
            return False

    def _command(self, name: str) -> tuple[list[str], dict[str, Any]]:
        if name in DATABASES:
            data = self.folder / name
            return [str(self._programs / "postgres"), "-D", str(data), "-p", str(self.ports[name])], unprivileged()
        if name == "pgbouncer":
            self._write_pgbouncer()
            return ["pgbouncer", "--quiet", str(self.folder / "pgbouncer.ini")], unprivileged()
        if name == "nginx":
            return ["nginx", "-p", str(self.folder), "-c", str(self._write_nginx())], {}
        return self._gunicorn(name)

    def _gunicorn(self, name: str) -> tuple[list[str], dict[str, Any]]:
        user = READER if name == "reader" else "postgres"
        replicas = ",".join(self.address(each, user) for each in DATABASES[1:]) if self.has_replicas else ""
        more = {"REPLICA_URLS": replicas, "SECOND_FACTOR": "0", "PUBLIC_ONLY": "1" if name == "reader" else "0"}
        more["READ_MODEL_DIR"] = str(self.folder / f"{name}-columns")  # a machine of its own shares with no other
        options = [
            "--worker-class=gthread",
            "--workers=1",
            "--threads=4",
            "--no-control-socket",
            "--log-level=critical",
        ]
        bind = f"--bind={HOST}:{self.ports[name]}"
        command = [sys.executable, "-m", "gunicorn", bind, *options, "conflict_site.wsgi"]
        return command, {"env": environment(self.address("pgbouncer", user), LOG_LEVEL="WARNING", **more)}

    def _make_primary(self) -> None:
        data = self.folder / "primary"
        self._run(
            "initdb", f"--pgdata={data}", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        with (data / "postgresql.conf").open("a") as conf:
            conf.write(SETTINGS)
        self.start("primary")
        url = self.address("primary")
        manage(url, "collectstatic", "--noinput", "-v0")
        manage(url, "migrate", "-v0")
        manage(url, "load_dossier", "data/opening", "-v0")
        manage(url, "shell", "-v0", "-c", ACCOUNT)
        manage(url, "make_reader", READER)

    def _make_replica(self, name: str) -> None:
        source = f"host={HOST} port={self.ports['primary']} user=postgres application_name={name}"
        self._run("pg_basebackup", "-D", str(self.folder / name), "-d", source, "-R", "-c", "fast", "-N")
        self.start(name)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, **unprivileged())

    def _write_pgbouncer(self) -> None:
        ports = {"primary": self.ports[self.primary], "pgbouncer": self.ports["pgbouncer"]}
        (self.folder / "users").write_text(f'"postgres" ""\n"{READER}" ""\n')
        (self.folder / "pgbouncer.ini").write_text(PGBOUNCER.format(folder=self.folder, **ports))

    def _write_nginx(self) -> Path:
        """The site's own configuration, without TLS and with several processes."""
        site = (ROOT / "deploy" / "nginx.conf").read_text()
        shared, _, server = site.rpartition("\nserver {")
        shared = shared.partition("\nserver {")[0]
        all_of_them, with_desk = (
            "".join(f"server {HOST}:{self.ports[name]}; " for name in names) for names in (PROCESSES, PROCESSES[:2])
        )
        shared = shared.replace("server 127.0.0.1:8000;", all_of_them) + f"\nupstream desk {{ {with_desk} }}"
        server = server.replace("http://attributed;", "http://desk;", 1)  # the first is that of /admin/
        server = server.replace("location / {", "location / { proxy_read_timeout 10s;")  # then another one is asked
        shared = shared.replace("/var/cache/nginx/attributed", str(self.folder / "cache"))
        server = server.replace("/var/log/nginx", str(self.folder))
        server = re.sub(r"\n *(listen \[|ssl_|server_name).*", "", server)
        server = re.sub(r"listen [^;]*;", f"listen {HOST}:{self.ports['nginx']} default_server;", server)
        user = "user root;" if os.geteuid() == 0 else ""
        file = self.folder / "nginx.conf"
        file.write_text(NGINX.format(folder=self.folder, user=user, site=f"{shared}\nserver {{{server}"))
        return file


@contextmanager
def machines(replicas: bool = True) -> Iterator[Machines]:
    """All of them as long as the block lasts. Raises NotTried where a program is not on this machine."""
    missing = [name for name in NEEDED if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")]
    if missing:
        raise NotTried(f"there is no {' and no '.join(missing)}")
    somebody = unprivileged()
    with tempfile.TemporaryDirectory(prefix="attributed-", dir="/tmp") as folder:  # where others may go, too
        if somebody:
            os.chown(folder, somebody["user"], somebody["group"])
        made = Machines(Path(folder), replicas)
        try:
            made.start_all()
            yield made
        finally:
            made.stop_all()


def until(holds: Any, seconds: float) -> float:
    """Wait until something holds; the seconds that it took. Raises TimeoutError."""
    begun = monotonic()
    while not holds():
        if monotonic() - begun > seconds:
            raise TimeoutError(f"not so within {seconds} s")
        sleep(0.05)
    return monotonic() - begun


def is_open(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def is_ready(port: int) -> dict[str, str]:
    """The replicas of a process, and how each does."""
    return dict(json.loads(ask(port, "/readyz")[2]).get("replicas", {}))


def _children(pid: int) -> list[int]:
    """All processes that descend from one."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    return [each for child in map(int, found) for each in (child, *_children(child))]

"""Answers a monitor, at an address of its own."""

from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from prometheus_client import start_http_server

from conflict_site.operation import metrics


class Command(BaseCommand):
    help = "Answers a monitor with figures in the words of Prometheus, until it is stopped. METRICS_DIR must be set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="127.0.0.1", help="Where to listen; no address that strangers reach.")
        parser.add_argument("--port", type=int, default=9100)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.METRICS_DIR:
            raise CommandError("METRICS_DIR is not set: no worker keeps figures.")
        try:
            server, _ = start_http_server(options["port"], options["address"], metrics.registry())
        except (OSError, OverflowError) as error:
            raise CommandError(f"Cannot listen at {options['address']}:{options['port']}: {error}") from error
        self.stdout.write(f"http://{options['address']}:{server.server_port}/metrics, until Ctrl-C")
        try:
            Event().wait()
        except KeyboardInterrupt:
            server.shutdown()

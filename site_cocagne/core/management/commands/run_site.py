"""``make run``: put everything in place, say where it is, and serve."""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_cocagne.core.catalogues import compile_outdated

STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Database", "migrate", {"verbosity": 0}),
    ("Languages, site and home page", "bootstrap_site", {}),
    ("Starter content", "load_starter_content", {}),
    ("Roles and rights", "sync_roles", {"summary": True}),
)


class Command(BaseCommand):
    help = "Prepare the database and its content where needed, then serve the site."
    # The database may not exist yet: checks that look at it come with ``migrate``.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="prepare and stop there")

    def handle(self, *args: Any, **options: Any) -> None:
        port: int = options["port"]
        if not options["no_serve"]:
            refuse_taken(port)
        compile_outdated()
        for title, command, arguments in STEPS:
            started = time.monotonic()
            self.stdout.write(self.style.MIGRATE_HEADING(f"• {title}"))
            call_command(command, stdout=self.stdout, **arguments)
            self.stdout.write(f"  done in {time.monotonic() - started:.1f} s")
        accounts = self.demonstration_accounts()
        if not options["no_serve"]:
            self.say_where(port, accounts)
            self.serve(port)

    def demonstration_accounts(self) -> list[tuple[str, str, str]]:
        """One account a role, in the development settings only: (role, e-mail, password)."""
        if not settings.DEMONSTRATION_ACCOUNTS:
            return []
        config = apps.get_app_config("members")
        return config.demonstration_accounts()  # type: ignore[attr-defined]

    def say_where(self, port: int, accounts: list[tuple[str, str, str]]) -> None:
        address = f"http://localhost:{port}"
        lines = ["", f"  Site   {address}/", f"  Admin  {address}/admin/", ""]
        if accounts:
            width = max(len(role) for role, _email, _password in accounts)
            lines.append("  Accounts of these development settings:")
            lines += [f"    {role:<{width}}  {email}  {word}" for role, email, word in accounts]
            lines.append("")
        lines.append("  Stop with Ctrl-C.")
        self.stdout.write("\n".join(lines) + "\n")
        self.stdout.flush()

    def serve(self, port: int) -> None:
        """Become the server, so that a reload starts only the server again."""
        os.execv(  # noqa: S606 (our own interpreter and manage.py)
            sys.executable, [sys.executable, sys.argv[0], "runserver", f"127.0.0.1:{port}"]
        )


def refuse_taken(port: int) -> None:
    """One clear sentence for a port that cannot be had."""
    if not 0 < port < 65536:
        raise CommandError(f"{port} is not a port: PORT goes from 1 to 65535.")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                reason = f"Port {port} needs an administrator's rights"
            else:
                reason = f"Port {port} is taken by another program"
            raise CommandError(f"{reason}: choose another, as in make run PORT=8001.") from error

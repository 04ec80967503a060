"""The starter content as production serves it: for what is measured from outside.

The settings of production, static files with hashed names and compressed beforehand, gunicorn, and
deploy/nginx.conf in front as it stands, but for TLS and the limits a visitor.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from . import servers

# What only the admin asks for: thousands of files that no page of the public needs.
OF_THE_ADMIN = ("wagtail*", "admin", "styleguide", "table_block", "typed_table_block", "localize")


def content(folder: Path) -> None:
    """The site as ``make run`` leaves it, in ``folder``; nothing to do where it is there."""
    if not (folder / "site.sqlite3").exists():
        folder.mkdir(parents=True, exist_ok=True)
        settings = {"DJANGO_SETTINGS_MODULE": "site_cocagne.settings.dev"}
        servers.manage({**stores(folder), **settings}, "run_site", "--no-serve")


@contextlib.contextmanager
def production(folder: Path) -> Iterator[str]:
    """The address of the site whose content is in ``folder``, until the end of the block."""
    port, upstream = servers.free_port(), servers.free_port()
    url = f"http://localhost:{port}"
    env = servers.site_env(
        port,
        **stores(folder),
        STATIC_ROOT=str(folder / "static"),
        CACHE_URL="locmemcache://",
        BASE_URL=url,
        PYTHONWARNINGS="ignore",
    )
    ignored = [part for pattern in OF_THE_ADMIN for part in ("--ignore", pattern)]
    servers.collect_static(env, *ignored)
    moved = f"from wagtail.models import Site; Site.objects.update(port={port})"
    servers.manage(env, "shell", "--no-imports", "-c", moved)
    with servers.served(folder, env, port, upstream, folder / "media"):
        yield url


def stores(folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_MEDIA_ROOT": str(folder / "private"),
    }

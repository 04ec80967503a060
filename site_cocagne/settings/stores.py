"""Where things are kept: caches, tasks and files, on one machine or shared by several."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ

REDIS = "django_redis.cache.RedisCache"
PATIENCE = 0.5  # seconds that a page waits for a cache which does not answer


def caches(url: str) -> dict[str, Any]:
    """What is counted, small things remembered, whole pages: in one Redis, or in own memory."""
    found: dict[str, Any] = dict(environ.Env.cache_url_config(url))
    if found["BACKEND"] != REDIS:
        # Apart, so that neither pages nor what stands around them push a counter of attempts out.
        pages = {**found, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 1000}}
        memo = {**found, "LOCATION": "memo", "OPTIONS": {"MAX_ENTRIES": 3000}}
        return {"default": found, "pages": pages, "memo": memo}
    found["BACKEND"] = "site_cocagne.core.caches.SharedCache"
    patience = {"SOCKET_CONNECT_TIMEOUT": PATIENCE, "SOCKET_TIMEOUT": PATIENCE}
    found["OPTIONS"] = {**patience, **found.get("OPTIONS", {})}
    return {"default": found, "pages": found, "memo": found}


def tasks(in_queue: bool) -> dict[str, Any]:
    """Work that nobody waits for: at once in the process, or by workers from the database.

    What has to be tried again ``later`` waits in the database always, for the job of every minute.
    """
    return {
        "default": {"BACKEND": QUEUE if in_queue else IMMEDIATE},
        "later": {"BACKEND": QUEUE},
    }


def storages(private_media_root: Path, buckets: dict[str, Any] | None = None) -> dict[str, Any]:
    """Public pictures, reserved files, static files. The second has no address of its own.

    ``buckets``: what the environment says of an object storage; empty: two folders.
    """
    if buckets:
        access = {key: value for key, value in buckets.items() if not key.endswith("_bucket")}
        return {
            "default": {
                "BACKEND": "site_cocagne.core.buckets.PublicBucket",
                "OPTIONS": {**access, "bucket_name": buckets["public_bucket"]},
            },
            "private": {
                "BACKEND": "site_cocagne.core.buckets.PrivateBucket",
                "OPTIONS": {**access, "bucket_name": buckets["private_bucket"]},
            },
            "staticfiles": {"BACKEND": STATIC},
        }
    return {
        # Anybody may read public pictures: the web server often runs under an account of its own.
        "default": {
            "BACKEND": "site_cocagne.core.storages.WholeFiles",
            "OPTIONS": {"file_permissions_mode": 0o644},
        },
        "private": {
            "BACKEND": "site_cocagne.core.storages.PrivateFileSystemStorage",
            "OPTIONS": {"location": private_media_root},
        },
        "staticfiles": {"BACKEND": STATIC},
    }


QUEUE = "django_tasks_db.DatabaseBackend"
IMMEDIATE = "django_tasks.backends.immediate.ImmediateBackend"
STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "site_cocagne.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, memo, pictures  # noqa: F401  (``checks`` registers the system checks)
        from .search import signals

        memo.watch()
        pictures.watch()
        signals.watch()

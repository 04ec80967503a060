from __future__ import annotations

from typing import Any

from django.apps import AppConfig

from .without_api import leave_out


class CoreConfig(AppConfig):
    name = "site_cocagne.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Wagtail's apps are made and get ready after ours.
        leave_out()
        super().__init__(*args, **kwargs)

    def ready(self) -> None:
        from . import (
            checks,  # noqa: F401  (registers the system checks)
            languages,
            pictures,
            verb_checks,  # noqa: F401  (registers its check)
        )
        from .search import signals

        languages.watch()
        pictures.watch()
        signals.watch()

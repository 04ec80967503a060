from __future__ import annotations

import datetime

from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "newsletter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import health  # noqa: F401 (connects it)

    def purge_personal_data(self, now: datetime.datetime | None = None) -> dict[str, int]:
        """Counts of what was purged, by name; the command of that name asks every app."""
        from .retention import purge

        return purge(now)

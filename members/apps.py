from __future__ import annotations

import datetime

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    default_auto_field = "django.db.models.BigAutoField"

    def demonstration_accounts(self) -> list[tuple[str, str, str]]:
        """(role, e-mail, password) of each; asked for by ``run_site`` without importing us."""
        from .demonstration import make_accounts

        return make_accounts()

    def purge_personal_data(self, now: datetime.datetime | None = None) -> dict[str, int]:
        """Counts of what was purged, by name; the command of that name asks every app."""
        from .inactive import end_inactive
        from .retention import purge

        return {**purge(now), **end_inactive(now)}

    def ready(self) -> None:
        from . import signals  # noqa: F401 (connects the receivers)

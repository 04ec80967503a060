from __future__ import annotations

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    default_auto_field = "django.db.models.BigAutoField"

    def demonstration_accounts(self) -> list[tuple[str, str, str]]:
        """(role, e-mail, password) of each; asked for by ``run_site`` without importing us."""
        from .demonstration import make_accounts

        return make_accounts()

    def ready(self) -> None:
        from . import signals  # noqa: F401 (connects the receivers)

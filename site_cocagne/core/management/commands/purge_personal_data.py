"""End what has been kept long enough, in every app that keeps anything of people."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Delete personal data past its time; run it every night. It can be run again safely."

    def handle(self, *args: Any, **options: Any) -> None:
        for config in apps.get_app_configs():
            purge = getattr(config, "purge_personal_data", None)
            if purge is None:
                continue
            for name, count in purge().items():
                self.stdout.write(f"{config.label}: {count} {name}")

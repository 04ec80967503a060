from __future__ import annotations

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from site_cocagne.core.signals import exporting_person, forgetting_person

        from . import shelf, tally_signals, uses  # noqa: F401  (models that stand in modules of their own)

        tally_signals.watch()
        exporting_person.connect(shelf.export, dispatch_uid="resources.shelf.export")
        forgetting_person.connect(shelf.forget, dispatch_uid="resources.shelf.forget")

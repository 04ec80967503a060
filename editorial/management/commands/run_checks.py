"""The rules of the quality gate over everything that is online."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from wagtail.models import Page

from editorial.quality import Weight, faults_of


class Command(BaseCommand):
    help = "Check every published page by the rules of the quality gate; run it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        errors = warnings = 0
        pages = Page.objects.live().filter(depth__gte=2).order_by("path")
        with translation.override(settings.LANGUAGE_CODE):
            for page in pages.specific().iterator(chunk_size=100):
                for fault in faults_of(page):
                    errors += fault.weight is Weight.ERROR
                    warnings += fault.weight is Weight.WARNING
                    self.stdout.write(
                        f"{fault.weight} {page.url_path} [{fault.field}] {fault.message}"
                    )
        self.stdout.write(f"{errors} errors, {warnings} warnings.")

"""The nightly check of everything that is online: the quality gate's rules, then the links."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import translation
from wagtail.models import Page

from editorial.links import check_external, gather, internal_findings
from editorial.models import Finding
from editorial.quality import Weight, faults_of


class Command(BaseCommand):
    help = "Check every published page: quality, links inside and links to other sites; nightly."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--no-external", action="store_true", help="ask nothing of other sites this time"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            found = [*self.quality(), *internal_findings()]
            # What the desk shows changes at once, from last night's to this night's.
            with transaction.atomic():
                Finding.objects.all().delete()
                Finding.objects.bulk_create(found, batch_size=500)
                gather(self.pages())
            for each in found:
                weight = Weight.ERROR if each.is_error else Weight.WARNING
                self.stdout.write(f"{weight} {each.page.url_path} [{each.field}] {each.message}")
            asked, red = (0, 0) if options["no_external"] else check_external()
        errors = sum(each.is_error for each in found)
        self.stdout.write(f"{errors} errors, {len(found) - errors} warnings.")
        self.stdout.write(f"{asked} external links asked, {red} broken.")

    def pages(self) -> Any:
        pages = Page.objects.live().filter(depth__gte=2).order_by("path")
        return pages.specific().iterator(chunk_size=100)

    def quality(self) -> list[Finding]:
        return [
            Finding(
                page=page,
                kind=Finding.Kind.QUALITY,
                field=fault.field,
                message=fault.message,
                is_error=fault.weight is Weight.ERROR,
            )
            for page in self.pages()
            for fault in faults_of(page)
        ]

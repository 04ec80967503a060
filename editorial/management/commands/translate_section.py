"""A section for an outside translator, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Locale, Page

from editorial import roundtrip
from site_cocagne.core.languages import languages_of_translation


class Command(BaseCommand):
    help = (
        "Writes a section and the pages under it into a PO file for an outside translator (--out), "
        "or takes such a file back as drafts (--in). Nothing is published."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("section", help="address of the French page, as /boite-a-outils/")
        parser.add_argument("language", help="the language it is translated into, as en")
        parser.add_argument("--user", required=True, help="e-mail of the person who does it")
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--out", type=Path, metavar="FILE", help="the file to write")
        way.add_argument("--in", type=Path, metavar="FILE", dest="back", help="the file to take")
        parser.add_argument("--submit", action="store_true", help="send the drafts to review")

    def handle(self, *args: Any, **options: Any) -> None:
        section = self.find_section(options["section"])
        locale = languages_of_translation().filter(language_code=options["language"]).first()
        user = get_user_model()._default_manager.filter(email=options["user"]).first()
        if locale is None:
            raise CommandError(f"The site is not translated into {options['language']}.")
        if user is None or not section.specific.permissions_for_user(user).can_edit():
            raise CommandError(f"{options['user']} may not edit this section.")
        if options["out"]:
            self.write(section, locale, user, options["out"])
        else:
            self.take(section, locale, user, options["back"], submit=options["submit"])

    def find_section(self, address: str) -> Page:
        for page in Page.objects.filter(locale=Locale.get_default(), depth__gte=2, live=True):
            if page.url == address:
                return page
        raise CommandError(f"There is no published page at {address}.")

    def write(self, section: Page, locale: Locale, user: Any, path: Path) -> None:
        out = roundtrip.export(section, locale, user)
        path.write_text(out.text, encoding="utf-8")
        self.stdout.write(f"{path}: {out.pages} pages.")
        for line in out.left_out:
            self.stderr.write(f"left out: {line}")

    def take(self, section: Page, locale: Locale, user: Any, path: Path, *, submit: bool) -> None:
        try:
            data = path.read_bytes()
            report = roundtrip.take_back(data, section, locale, user, submit=submit)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except roundtrip.RefusedError as error:
            raise CommandError(f"Nothing was taken.\n{error}") from error
        self.stdout.write(
            f"{report.taken} sentences taken, {report.same} known, {report.empty} empty; "
            f"{len(report.drafts)} drafts, {report.submitted} sent to review."
        )
        for line in report.held:
            self.stdout.write(f"not sent to review: {line}")
        for line in report.meanwhile:
            self.stdout.write(f"meanwhile: {line}")

"""Put languages, the site and the home page in place; what is there already stays as it is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Locale, Page, Site

from site_cocagne.core.search import synonyms


class Command(BaseCommand):
    help = "Languages, site and home page: what an empty database needs before content."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        done: list[str] = []
        for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
            if Locale.objects.get_or_create(language_code=code)[1]:
                done.append(f"language {code}")
        home = self.home_page(done)
        self.site(home, done)
        if "home page" in done and synonyms.begin():
            done.append("synonyms of the search")
        self.stdout.write(f"In place: {', '.join(done)}." if done else "Everything was in place.")

    def home_page(self, done: list[str]) -> Page:
        """The home page of the source language, made where there is none."""
        model = apps.get_model("home", "HomePage")
        source = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
        if home := model.objects.filter(locale=source, depth=2).first():
            return home
        root = Page.get_first_root_node()
        # The page that Wagtail's migrations make to welcome its developers.
        for welcome in Page.objects.filter(depth=2, content_type__model="page"):
            Site.objects.filter(root_page=welcome).delete()
            welcome.delete()
        root.refresh_from_db()
        home = model(title=settings.WAGTAIL_SITE_NAME, slug="accueil", locale=source)
        root.add_child(instance=home)
        home.save_revision().publish()
        done.append("home page")
        return home

    def site(self, home: Page, done: list[str]) -> None:
        """The site at ``BASE_URL``; an address chosen since by an administrator is kept."""
        if Site.objects.exists():
            return
        address = urlsplit(settings.BASE_URL)
        Site.objects.create(
            hostname=address.hostname or "localhost",
            port=address.port or (443 if address.scheme == "https" else 80),
            root_page=home,
            is_default_site=True,
            site_name=settings.WAGTAIL_SITE_NAME,
        )
        done.append("site")

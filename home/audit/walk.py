"""The walk: doors, files, pictures, every open page and list, search, keys that have ended."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import storages
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from editorial.models import DeskKey, DraftLink
from events.models import AgendaPage, CalendarKey, EventPage
from resources.models import BrandIndexPage, BrandPage, ToolboxPage
from site_cocagne.core import access
from site_cocagne.core.models import SiteDocument, SiteImage
from site_cocagne.core.storages import RESERVED

from .asking import Answer, Outsider
from .closed import Closed, Secrets, closed_to, used_by, words_of

ADDRESS = re.compile(r"(?:https?://([^/\s\"'<>]+))?(/[^\s\"'<>\\]*)")
WAYS: tuple[tuple[str, dict[str, str]], ...] = (
    ("GET", {}),
    ("HEAD", {}),
    ("GET", {"range": "bytes=0-9"}),
    ("GET", {"if-none-match": "*"}),
    ("GET", {"if-modified-since": "Wed, 01 Jan 2020 00:00:00 GMT"}),
)
MOST_ADDRESSES = 5000  # followed from page to page
# Where a title and a summary may stand with a lock: pages; elsewhere what is closed is not named.
NO_DOORS = ("/recherche/", "/plan-du-site/", "/sitemap", "atom.xml", "rss.xml", ".ics")
NOT_FOLLOWED = ("/admin/", "/documents/", "/media/", "/static/", "/images/", "/mon-espace/")
LAST_WORDS = 12  # words of a title that are looked for

Tell = Callable[[str], None]


class Walk:
    """One outsider's way over the whole site; ``leaks`` holds what they should not have got."""

    def __init__(self, outsider: Outsider, tell: Tell) -> None:
        self.outsider, self.tell = outsider, tell
        self.checks = 0
        self.leaks: list[str] = []
        self.closed: Closed = closed_to(logged_in=outsider.logged_in)
        pages = Page.objects.filter(pk__in=self.closed.pages).order_by("path")
        self.pages: list[Any] = list(pages.specific())
        self.secrets = Secrets(self.closed)
        self.numbers = {page.url: page.pk for page in self.pages if page.url}
        # That there is a brand section is no secret: its address is one of the site's own.
        self.numbers = {
            address: pk
            for address, pk in self.numbers.items()
            if not any(page.pk == pk and isinstance(page, BrandIndexPage) for page in self.pages)
        }

    def run(self) -> None:
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("doors of reserved pages", self.doors),
            ("documents", self.documents),
            ("pictures", self.pictures),
            ("pages, lists, feeds and maps", self.follow),
            ("filters and the feeds of filters", self.filters),
            ("addresses that moved", self.moved),
            ("search and suggestions", self.search),
            ("keys and shared drafts", self.keys),
            ("interfaces that do not exist", self.nothing_there),
        )
        self.tell(f"As {self.outsider.name}: {len(self.pages)} published pages are closed.")
        for name, step in steps:
            before, leaks = self.checks, len(self.leaks)
            step()
            found = len(self.leaks) - leaks
            self.tell(f"  {name}: {self.checks - before} checks, {found} leaks")

    # --- one check --------------------------------------------------------------------------

    def check(self, met: bool, leak: str) -> None:
        self.checks += 1
        if self.checks % 200 == 0:
            self.tell(f"  … {self.checks} checks")
        if not met:
            self.leaks.append(f"{self.outsider.name}: {leak}")
            self.tell(f"  LEAK {leak}")

    def is_shut(self, address: str, answer: Answer, *, absent: bool = True) -> None:
        """Log-in and back, 403, or nothing there; and none of the words."""
        wanted = {403, 404, 410} if absent else {403}
        shut = answer.status in wanted or (
            answer.status == 302 and settings.LOGIN_URL in answer.location
        )
        self.check(shut, f"{address} answers {answer.status}")
        self.says_nothing(address, answer.text, doors=False)

    def says_nothing(self, address: str, text: str, *, doors: bool) -> None:
        told = self.secrets.told_in(text)
        which = ", ".join(f"page {pk} (« {words} »)" for pk, words in list(told.items())[:3])
        self.check(not told, f"{address} tells words of {which}")
        allowed = self.closed.doors if doors else set()
        named = {
            path
            for path in self.addresses_in(text)
            if path in self.numbers and self.numbers[path] not in allowed
        } - {urlsplit(address).path}
        self.check(not named, f"{address} names {', '.join(sorted(named)[:3])}")

    def addresses_in(self, text: str) -> set[str]:
        host = urlsplit(settings.BASE_URL).netloc
        return {
            unquote(urlsplit(html.unescape(path)).path)
            for found, path in ADDRESS.findall(text)
            if not found or found == host
        }

    # --- the steps --------------------------------------------------------------------------

    def doors(self) -> None:
        for page in self.pages:
            address = page.url
            if not address:
                continue
            below = [address]
            if isinstance(page, EventPage):
                below.append(f"{address}evenement.ics")
            if isinstance(page, BrandPage):
                below += [f"{address}tout/", f"{address}accepter/"]
            for one in below:
                for method in ("GET", "HEAD"):
                    self.is_shut(one, self.outsider.ask(one, method), absent=False)
            if settings.ADMIN_ENABLED:
                for name in ("edit", "view_draft", "history"):
                    one = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
                    self.is_behind_the_admin(one)

    def is_behind_the_admin(self, address: str) -> None:
        answer = self.outsider.ask(address)
        self.check(answer.status in {302, 403, 404}, f"{address} answers {answer.status}")
        self.says_nothing(address, answer.text, doors=False)

    def documents(self) -> None:
        for document in used_by(self.closed.pages, SiteDocument):
            for method, headers in WAYS:
                answer = self.outsider.ask(document.url, method, **headers)
                self.is_shut(document.url, answer)

    def pictures(self) -> None:
        for picture in used_by(self.closed.pages, SiteImage):
            self.is_shut(picture.file.url, self.outsider.ask(picture.file.url))
            for rendition in picture.renditions.all():
                name = rendition.file.name
                private = name.startswith(RESERVED) and not storages["default"].exists(name)
                self.check(private, f"the public storage holds {name}")
                if private:
                    self.is_shut(rendition.url, self.outsider.ask(rendition.url))

    def follow(self) -> None:
        """From the homes, feeds and maps to every address they lead to on this site."""
        homes = [f"/{code}/" for code, _name in settings.LANGUAGES[1:]]
        roots = ["", *(home.rstrip("/") for home in homes)]
        first = ["/", *homes, "/sitemap.xml", "/sitemap-pages.xml", "/robots.txt", "/rien/"]
        for root in roots:
            first += [f"{root}/boite-a-outils/flux/{name}.xml" for name in ("atom", "rss")]
            first += [f"{root}/agenda/calendrier.ics", f"{root}/plan-du-site/"]
        waiting, known = deque(first), set(first)
        while waiting and len(known) < MOST_ADDRESSES:
            address = waiting.popleft()
            answer = self.outsider.ask(address)
            doors = not any(part in address for part in NO_DOORS)
            self.says_nothing(address, answer.text, doors=doors)
            if answer.status == 200 and answer.kind.startswith(("text/html", "application/xml")):
                onward = self.onward(address, answer.text) - known
                known |= onward
                waiting.extend(sorted(onward))

    def onward(self, here: str, text: str) -> set[str]:
        """Addresses of this site in an answer; of query strings only the number of the page."""
        host = urlsplit(settings.BASE_URL).netloc
        found: set[str] = set()
        for link in re.findall(r'href="([^"]+)"|<loc>([^<]+)</loc>', text):
            parts = urlsplit(html.unescape(link[0] or link[1]))
            path = parts.path or urlsplit(here).path
            names = {name for name, _value in parse_qsl(parts.query)}
            if parts.scheme not in {"", "http", "https"} or parts.netloc not in {"", host}:
                continue
            if not path.startswith("/") or path.startswith(NOT_FOLLOWED) or names - {"page"}:
                continue
            if unquote(path) not in self.numbers:
                found.add(f"{path}?{parts.query}" if parts.query else path)
        return found

    def filters(self) -> None:
        """Each choice of a filter by itself, as a list and as a feed."""
        kinds = ((ToolboxPage, ("", "flux/atom.xml")), (AgendaPage, ("", "calendrier.ics")))
        for kind, ways in kinds:
            for page in access.visible_to(AnonymousUser(), kind.objects.all()):
                for choice in sorted(self.choices(self.outsider.ask(page.url).text)):
                    for way in ways:
                        address = f"{page.url}{way}?{choice}"
                        answer = self.outsider.ask(address)
                        self.says_nothing(address, answer.text, doors=not way)

    def choices(self, text: str) -> set[str]:
        """The choices of the filter in a page, as query strings."""
        inputs = BeautifulSoup(text, "html.parser").select("[data-filter] input[value]")
        return {
            urlencode({str(each["name"]): str(each["value"])})
            for each in inputs
            if each.get("name") and each.get("type") in {"checkbox", "radio"}
        }

    def moved(self) -> None:
        """An address that is no more says nothing of where a closed page stands now."""
        for old in Redirect.objects.order_by("pk")[:MOST_ADDRESSES]:
            answer = self.outsider.ask(old.old_path)
            new = unquote(urlsplit(answer.location).path)
            told = new in self.numbers and self.numbers[new] not in self.closed.doors
            self.check(not told, f"{old.old_path} leads to {new}")
            self.says_nothing(old.old_path, answer.text, doors=False)

    def search(self) -> None:
        for page in self.pages:
            root = (
                ""
                if page.locale.language_code == settings.LANGUAGE_CODE
                else (f"/{page.locale.language_code}")
            )
            for words in self.words_to_ask(page):
                for place in ("/recherche/", "/recherche/suggestions/"):
                    address = f"{root}{place}?q={quote(words)}"
                    answer = self.outsider.ask(address)
                    named = page.url in self.addresses_in(answer.text)
                    self.check(not named, f"{address} finds {page.url}")

    def words_to_ask(self, page: Any) -> Iterable[str]:
        """The title, and words in a row that only this page has."""
        yield " ".join(words_of(page.title)[:LAST_WORDS])
        for run, owner in self.secrets.found.items():
            if owner == page.pk:
                yield " ".join(run)
                return

    def keys(self) -> None:
        for calendar in CalendarKey.objects.select_related("user"):
            if not access.is_member(calendar.user):
                address = reverse("events_member_feed", args=[calendar.token])
                self.is_shut(f"/mon-agenda/… of key {calendar.pk}", self.outsider.ask(address))
        for desk in DeskKey.objects.select_related("user"):
            if not (desk.user.is_active and desk.user.has_perm("editorial.use_desk")):
                address = reverse("editorial_feed", args=[desk.token])
                self.is_shut(f"/bureau/calendrier/… of key {desk.pk}", self.outsider.ask(address))
        links = DraftLink.objects.filter(page_id__in=self.closed.pages, reserved_allowed=False)
        for link in links.select_related("page"):
            answer = self.outsider.ask(reverse("editorial_draft", args=[link.token]))
            self.is_shut(f"/apercu/… of link {link.pk}", answer)

    def nothing_there(self) -> None:
        for address in ("/api/", "/api/v2/pages/", "/api/v2/documents/", "/api/v3/pages/"):
            answer = self.outsider.ask(address)
            self.check(answer.status == 404, f"{address} answers {answer.status}")
            self.says_nothing(address, answer.text, doors=False)

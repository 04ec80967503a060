"""Link health: what our pages link to here, and, politely, what they link to elsewhere."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, URLField
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex
from wagtail.rich_text import RichText

from site_cocagne.core import access

from .models import ExternalLink, Finding
from .models.health import MAX_ADDRESS
from .quality import stories

TIMEOUT = (5, 10)  # seconds: to connect, to wait for the first byte
PAUSE = 1.0  # seconds between two questions to one host
A_NIGHT = 1000  # addresses at most; the longest unasked first
MAX_REDIRECTS = 5
HEADERS = {"User-Agent": "ReseauCocagne-LinkCheck/1.0", "Accept": "*/*"}
# The address is there, or may be: the host turns robots away, or asks for a log-in.
CLOSED_TO_ROBOTS = frozenset({401, 403, 405, 406, 429, 451, 501})


# --- inside -------------------------------------------------------------------------------------


def references_to(*pages: Page) -> list[Page]:
    """Published pages whose content links to one of these, by the reference index."""
    keys = {page.pk for page in pages}
    rows = ReferenceIndex.objects.filter(
        base_content_type=page_type(),
        to_content_type=page_type(),
        to_object_id__in=[str(key) for key in keys],
    )
    ids = {int(pk) for pk in rows.values_list("object_id", flat=True)} - keys
    found = Page.objects.filter(pk__in=ids, live=True, alias_of__isnull=True)
    return list(found.select_related("locale").order_by("path"))


def page_type() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def internal_findings() -> Iterator[Finding]:
    """Links of published pages to pages and documents that readers cannot reach."""
    sources = {str(page.pk): page for page in Page.objects.live().filter(depth__gte=2).specific()}
    documents = ContentType.objects.get_for_model(get_document_model())
    rows = ReferenceIndex.objects.filter(
        base_content_type=page_type(),
        object_id__in=list(sources),
        to_content_type__in=[page_type(), documents],
    ).values_list("object_id", "to_content_type", "to_object_id", "model_path")
    links = [row for row in rows.distinct() if not row[3].startswith(("alias_of", "parent"))]
    wanted = {int(target) for _s, kind, target, _p in links if kind == page_type().pk}
    pages = {str(page.pk): page for page in Page.objects.filter(pk__in=wanted).specific()}
    files = {str(pk) for pk in get_document_model()._default_manager.values_list("pk", flat=True)}
    for source, kind, target, model_path in links:
        page = sources[source]
        if kind == documents.pk:
            message = "" if target in files else _("A link leads to a document that was deleted.")
        else:
            message = what_is_wrong(page, pages.get(target))
        if message:
            yield Finding(
                page=page,
                kind=Finding.Kind.LINK,
                field=model_path.split(".")[0],
                message=message,
                is_error=kind == documents.pk or target not in pages or not pages[target].live,
            )


def what_is_wrong(page: Page, target: Page | None) -> str:
    if target is None:
        return _("A link leads to a page that was deleted.")
    words = {"title": target.title}
    if not target.live:
        return _("A link leads to “%(title)s”, which is not online.") % words
    if access.is_reserved(target) and not access.is_reserved(page):
        return _("A link of this public page leads to “%(title)s”, which is for members.") % words
    return ""


# --- outside ------------------------------------------------------------------------------------


def addresses_in(page: Page) -> set[str]:
    """Every address on another site that the text, the fields and the rows of a page name."""
    found: set[str] = set()
    for _name, pieces in stories(page):
        for _block, value in pieces:
            if isinstance(value, RichText):
                anchors = BeautifulSoup(value.source, "html.parser").find_all("a", href=True)
                found |= {str(anchor["href"]) for anchor in anchors}
            elif isinstance(value, str):
                found.add(value)
    found |= set(of_fields(page))
    for relation in get_all_child_relations(type(page)):
        for row in getattr(page, relation.get_accessor_name()).all():
            found |= set(of_fields(row))
    return {address for address in found if is_elsewhere(address)}


def of_fields(instance: Any) -> Iterator[str]:
    for field in instance._meta.concrete_fields:
        if isinstance(field, URLField):
            yield getattr(instance, field.name) or ""


def is_elsewhere(address: str) -> bool:
    if not address.startswith(("http://", "https://")) or len(address) > MAX_ADDRESS:
        return False
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return False
    return bool(host) and host != urlsplit(settings.BASE_URL).hostname


def gather(pages: Iterable[Page]) -> None:
    """Bring the table of addresses in step with what is published."""
    uses: dict[str, set[int]] = defaultdict(set)
    for page in pages:
        for address in addresses_in(page):
            uses[address].add(page.pk)
    ExternalLink.objects.exclude(url__in=list(uses)).delete()
    ExternalLink.objects.bulk_create(
        [ExternalLink(url=url) for url in uses], ignore_conflicts=True, batch_size=500
    )
    through = ExternalLink.pages.through
    through._default_manager.all().delete()
    keys = dict(ExternalLink.objects.values_list("url", "pk"))
    through._default_manager.bulk_create(
        [
            through(externallink_id=keys[url], page_id=pk)
            for url, pks in uses.items()
            for pk in sorted(pks)
        ],
        batch_size=500,
    )


@dataclass
class Answer:
    """What a host said: a status, or the trouble there was in asking; where it sends us on."""

    status: int = 0
    trouble: str = ""
    onward: str = ""


Ask = Callable[[str], Answer]


def ask(address: str) -> Answer:
    """HEAD, or the first bytes of GET where a host knows no HEAD."""
    try:
        if not is_public(urlsplit(address).hostname or ""):
            return Answer(trouble=_("no public address"))
        for verb in ("HEAD", "GET"):
            with requests.request(
                verb, address, headers=HEADERS, timeout=TIMEOUT, allow_redirects=False, stream=True
            ) as answer:
                if answer.status_code in (404, 405, 501) and verb == "HEAD":
                    continue
                onward = answer.headers.get("Location", "") if answer.is_redirect else ""
                return Answer(answer.status_code, onward=onward)
    except (requests.RequestException, OSError, ValueError) as error:
        return Answer(trouble=type(error).__name__)
    return Answer(trouble="HEAD")


def is_public(host: str) -> bool:
    """Never ask a machine of our own network on behalf of what somebody wrote in a page."""
    found = {row[4][0] for row in socket.getaddrinfo(host, None)}
    return bool(found) and all(ipaddress.ip_address(ip).is_global for ip in found)


def verdict(address: str, ask_host: Ask) -> str:
    """Empty where the address answers; what is wrong otherwise. Redirects are followed."""
    for _turn in range(MAX_REDIRECTS + 1):
        answer = ask_host(address)
        if answer.trouble:
            return answer.trouble
        if answer.onward:
            address = urljoin(address, answer.onward)
            if not address.startswith(("http://", "https://")):
                return _("sent on to an address that is none")
            continue
        if answer.status < 400 or answer.status in CLOSED_TO_ROBOTS:
            return ""
        return f"HTTP {answer.status}"
    return _("sent round in circles")


def in_turns(links: Iterable[ExternalLink]) -> Iterator[ExternalLink]:
    """One host after the other, so that none is asked twice in a row where it can be helped."""
    by_host: dict[str, deque[ExternalLink]] = defaultdict(deque)
    for link in links:
        by_host[urlsplit(link.url).hostname or ""].append(link)
    while by_host:
        for host in list(by_host):
            yield by_host[host].popleft()
            if not by_host[host]:
                del by_host[host]


def check_external(
    ask_host: Ask | None = None, pause: Callable[[float], None] = time.sleep
) -> tuple[int, int]:
    """Ask the addresses, one at a time; gives how many were asked and how many are red."""
    asked = 0
    before = ""
    longest_unasked = ExternalLink.objects.order_by(F("checked_at").asc(nulls_first=True), "pk")
    for link in in_turns(longest_unasked[:A_NIGHT]):
        host = urlsplit(link.url).hostname or ""
        if host == before:
            pause(PAUSE)
        before = host
        trouble = verdict(link.url, ask_host or ask)
        if trouble:
            link.failed(trouble)
        else:
            link.answered()
        asked += 1
    return asked, ExternalLink.objects.broken().count()

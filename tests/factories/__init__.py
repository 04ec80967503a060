"""Makers of test objects: each says what matters in the test and fills in the rest."""

from __future__ import annotations

import datetime
import io
import itertools
from typing import Any

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.signals import page_published

from events.models import AgendaPage, EventMission, EventPage
from home.models import ContentPage, HomePage, MissionIndexPage, MissionPage
from members.models import Affiliation, Garden, User
from resources.models import (
    BrandIndexPage,
    BrandPage,
    ResourceFile,
    ResourceMission,
    ResourcePage,
    ResourceTheme,
    ToolboxPage,
)
from site_cocagne.core.models import (
    Contact,
    ContactMission,
    Mission,
    SiteDocument,
    SiteImage,
    Theme,
    ThemeMission,
)

PASSWORD = "un-mot-de-passe-de-test"

# What publishing writes.
PUBLISHED = ("live", "has_unpublished_changes", "first_published_at", "last_published_at")

_numbers = itertools.count(1)


def index_for_the_admin() -> None:
    """Let Wagtail's own search find what there is: the suite does not follow each save."""
    call_command("update_index", verbosity=0, stdout=io.StringIO())


def add_page(parent: Page, model: type[Any], **fields: Any) -> Any:
    """A page under ``parent``, published unless ``live=False``.

    A published one has no revision unless ``revision=True``: it costs three times as much as the
    page.
    """
    live, revision = fields.pop("live", True), fields.pop("revision", False)
    number = next(_numbers)
    fields.setdefault("title", f"{model.__name__} {number}")
    fields.setdefault("slug", f"page-{number}")
    page = model(live=False, locale=parent.locale, **fields)
    parent.add_child(instance=page)
    if live and not revision:
        # Made as a draft and then published, as everywhere: a page made live is indexed twice.
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.last_published_at = timezone.now()
        Page.objects.filter(pk=page.pk).update(**{name: getattr(page, name) for name in PUBLISHED})
        page_published.send(sender=model, instance=page, revision=None)
    else:
        kept = page.save_revision(clean=live)
        if live:
            kept.publish()
    page.refresh_from_db()
    return page


def mission(slug: str = "", **fields: Any) -> Mission:
    number = next(_numbers)
    fields.setdefault("locale", Locale.get_default())
    fields.setdefault("name", f"Mission {number}")
    fields.setdefault("emblem", Mission.Emblem.GROW)
    return Mission.objects.create(slug=slug or f"mission-{number}", **fields)


def theme(*missions: Mission, slug: str = "", **fields: Any) -> Theme:
    number = next(_numbers)
    fields.setdefault("locale", Locale.get_default())
    fields.setdefault("name", f"Thème {number}")
    made = Theme.objects.create(slug=slug or f"theme-{number}", **fields)
    for order, each in enumerate(missions):
        ThemeMission.objects.create(theme=made, mission=each, sort_order=order)
    return made


def contact(*missions: Mission, **fields: Any) -> Contact:
    fields.setdefault("locale", Locale.get_default())
    fields.setdefault("name", f"Service {next(_numbers)}")
    made = Contact.objects.create(**fields)
    for order, each in enumerate(missions):
        ContactMission.objects.create(contact=made, mission=each, sort_order=order)
    return made


def resource(
    parent: ToolboxPage,
    *,
    missions: tuple[Mission, ...] = (),
    themes: tuple[Theme, ...] = (),
    documents: tuple[SiteDocument, ...] = (),
    **fields: Any,
) -> ResourcePage:
    """A resource with its rows."""
    fields["mission_rows"] = [ResourceMission(mission=each) for each in missions]
    fields["theme_rows"] = [ResourceTheme(theme=each) for each in themes]
    fields["file_rows"] = [ResourceFile(document=each) for each in documents]
    page: ResourcePage = add_page(parent, ResourcePage, **fields)
    return page


def event(
    parent: AgendaPage, *, in_days: int = 7, missions: tuple[Mission, ...] = (), **fields: Any
) -> EventPage:
    """An event that starts ``in_days`` days from today (negative: before)."""
    fields.setdefault("start_date", timezone.localdate() + datetime.timedelta(days=in_days))
    fields["mission_rows"] = [EventMission(mission=each) for each in missions]
    page: EventPage = add_page(parent, EventPage, **fields)
    return page


def toolbox(home: HomePage, **fields: Any) -> ToolboxPage:
    page: ToolboxPage = add_page(home, ToolboxPage, slug="boite-a-outils", **fields)
    return page


def agenda(home: HomePage, **fields: Any) -> AgendaPage:
    page: AgendaPage = add_page(home, AgendaPage, slug="agenda", **fields)
    return page


def content(parent: Page, **fields: Any) -> ContentPage:
    page: ContentPage = add_page(parent, ContentPage, **fields)
    return page


def mission_page(home: HomePage, about: Mission, **fields: Any) -> MissionPage:
    index = MissionIndexPage.objects.child_of(home).first() or add_page(
        home, MissionIndexPage, slug="missions"
    )
    page: MissionPage = add_page(index, MissionPage, mission=about, **fields)
    return page


def brand_index(home: HomePage, **fields: Any) -> BrandIndexPage:
    """The brand section, with the rights and the workflow that are laid over it."""
    fields.setdefault("slug", "marque")
    page: BrandIndexPage = add_page(home, BrandIndexPage, **fields)
    call_command("sync_roles", summary=True, stdout=io.StringIO())
    return page


def brand(home: HomePage, **fields: Any) -> BrandPage:
    """A page of the brand section, whose index is made where there is none."""
    index = BrandIndexPage.objects.child_of(home).first() or brand_index(home)
    page: BrandPage = add_page(index, BrandPage, **fields)
    return page


def document(name: str = "fiche.txt", content: bytes = b"contenu", **fields: Any) -> SiteDocument:
    fields.setdefault("title", name)
    return SiteDocument.objects.create(file=ContentFile(content, name=name), **fields)


def image(name: str = "image.png", size: tuple[int, int] = (640, 400), **fields: Any) -> SiteImage:
    """A real picture of one colour."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", size, "#1f5c3a").save(buffer, "PNG")
    fields.setdefault("title", name)
    return SiteImage.objects.create(file=ContentFile(buffer.getvalue(), name=name), **fields)


def user(name: str = "", **fields: Any) -> User:
    return User.objects.create_user(
        f"{name or f'personne-{next(_numbers)}'}@exemple.fr", PASSWORD, **fields
    )


def garden(*, valid_for: int = 200, **fields: Any) -> Garden:
    """A garden whose membership ends in ``valid_for`` days (negative: ended)."""
    fields.setdefault("name", f"Jardin {next(_numbers)}")
    until = timezone.localdate() + datetime.timedelta(days=valid_for)
    return Garden.objects.create(membership_valid_until=until, **fields)


def member(of: Garden | None = None, **fields: Any) -> User:
    """Somebody affiliated to a garden (a current member's, unless another is given)."""
    somebody = user(fields.pop("name", ""))
    Affiliation.objects.create(user=somebody, garden=of or garden(), **fields)
    return somebody

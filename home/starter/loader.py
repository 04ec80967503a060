"""Puts the starter content in the database, once, in one transaction.

Pages are made in two passes: all of them as bare drafts first, so that each has a number that
links can name; then each is filled in and published, at the date its content gives.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from events.models import AgendaPage, EventFile, EventMission, EventPage
from home.models import (
    AccessibilityPage,
    AlliancesPage,
    ContentPage,
    EcodesignPage,
    HomePage,
    JoinPage,
    LegalNoticePage,
    MissionIndexPage,
    MissionPage,
    PersonalDataPage,
)
from newsletter.models import NewsletterPage
from resources.models import (
    BrandFile,
    BrandIndexPage,
    BrandPage,
    ResourceFile,
    ResourceLink,
    ResourceMission,
    ResourcePage,
    ResourceTheme,
    ToolboxPage,
)
from site_cocagne.core.models import (
    Audience,
    Contact,
    ContactMission,
    ContactRegion,
    ContactTheme,
    Door,
    FooterLink,
    MenuItem,
    Mission,
    Navigation,
    Organisation,
    Partner,
    StarterContentLoad,
    Theme,
    ThemeMission,
)
from site_cocagne.core.volume import take_stock

from . import content, days, english, files, media, pictures, schema, stories
from .content import lists

Say = Callable[[str], None]


@dataclass(frozen=True)
class Planned:
    """A page to make: its key in links, its type, its data, and the key of its parent."""

    key: str
    model: type[Page]
    data: Any
    parent: str = "home"

    @property
    def reserved(self) -> bool:
        brand = issubclass(self.model, BrandIndexPage | BrandPage)
        return brand or getattr(self.data, "members", False)


def load(say: Say, today: datetime.date | None = None, draw: files.Draw = pictures.draw) -> bool:
    """Load everything, unless it was loaded before; say what is done. True if it loaded.

    A completed load leaves a mark, so that what an editor deleted since does not come back.
    """
    if StarterContentLoad.objects.exists():
        say("The starter content was loaded before: nothing to do.")
        return False
    with transaction.atomic():
        with disable_reference_index_auto_update():  # each page is saved several times
            Loader(say, today or timezone.localdate()).run(draw)
        call_command("rebuild_references_index", verbosity=0)
        StarterContentLoad.objects.create()
        take_stock()
    return True


class Loader:
    """One load. ``refs`` holds the numbers that things got so far."""

    def __init__(self, say: Say, today: datetime.date) -> None:
        self.say = say
        self.today = today
        self.refs = stories.References()
        self.locale = Locale.get_default()
        self.missions: dict[str, Mission] = {}
        self.themes: dict[str, Theme] = {}
        self.pages: dict[str, Any] = {}

    def run(self, draw: files.Draw) -> None:
        studio = media.Studio(draw)
        for title, step in (
            ("pictures", partial(media.load_pictures, self.refs, studio)),
            ("documents", partial(media.load_documents, self.refs, studio)),
            ("missions and themes", self.load_taxonomy),
            ("contacts and partners", self.load_directory),
            ("pages made", self.make_pages),
            ("pages filled in and published", self.fill_pages),
            ("entries of the menus", self.load_menus),
            ("translations into English", lambda: english.English().load(self.pages)),
        ):
            self.say(f"{step()} {title}")

    # --- taxonomy ---------------------------------------------------------------------------------

    def load_taxonomy(self) -> int:
        for order, mission in enumerate(content.taxonomy.MISSIONS):
            self.missions[mission.slug] = Mission.objects.create(
                slug=mission.slug,
                name=mission.name,
                people=mission.people,
                emblem=mission.emblem,
                order=order,
                locale=self.locale,
            )
        for theme in content.taxonomy.THEMES:
            made: Any = Theme(slug=theme.slug, name=theme.name, locale=self.locale)
            made.mission_rows = [
                ThemeMission(mission=self.missions[slug]) for slug in theme.missions
            ]
            made.save()
            self.themes[theme.slug] = made
        return len(self.missions) + len(self.themes)

    def load_directory(self) -> int:
        for order, (key, contact) in enumerate(content.taxonomy.CONTACTS.items()):
            made: Any = Contact(
                name=contact.name,
                role=contact.role,
                email=contact.email,
                order=order,
                locale=self.locale,
            )
            made.mission_rows = [
                ContactMission(mission=self.missions[slug]) for slug in contact.missions
            ]
            made.theme_rows = [ContactTheme(theme=self.themes[slug]) for slug in contact.themes]
            made.region_rows = [ContactRegion(region=code) for code in contact.regions]
            made.save()
            self.refs.contacts[key] = made.pk
        for order, partner in enumerate(content.taxonomy.PARTNERS):
            Partner.objects.create(
                name=partner.name,
                tie=partner.tie,
                url=partner.url,
                logo_id=self.refs.images[partner.tile],
                order=order,
                locale=self.locale,
            )
        return len(content.taxonomy.CONTACTS) + len(content.taxonomy.PARTNERS)

    # --- pages ------------------------------------------------------------------------------------

    def plan(self) -> Iterable[Planned]:
        """Every page under the home page, parents before children."""
        yield Planned("missions", MissionIndexPage, content.missions.INDEX)
        for mission in content.missions.MISSION_PAGES:
            yield Planned(mission.mission, MissionPage, mission, "missions")
        yield Planned("toolbox", ToolboxPage, lists.TOOLBOX)
        for resource in content.RESOURCES:
            yield Planned(f"resource:{resource.slug}", ResourcePage, resource, "toolbox")
        yield Planned("agenda", AgendaPage, lists.AGENDA)
        for event in content.EVENTS:
            yield Planned(f"event:{event.slug}", EventPage, event, "agenda")
        yield Planned("join", JoinPage, content.join.JOIN)
        yield Planned("alliances", AlliancesPage, content.alliances.ALLIANCES)
        yield Planned("newsletter", NewsletterPage, content.alliances.NEWSLETTER)
        for page in content.CONTENT_PAGES:
            model = MODELS.get(type(page), ContentPage)
            yield Planned(page.key or page.slug, model, page, page.parent)
        yield Planned("brand", BrandIndexPage, content.brand.INDEX)
        for brand in content.brand.PAGES:
            yield Planned(f"brand:{brand.slug}", BrandPage, brand, "brand")

    def make_pages(self) -> int:
        home = HomePage.objects.get(depth=2, locale=self.locale)
        self.pages["home"] = home
        self.refs.pages["home"] = home.pk
        for planned in self.plan():
            parent = self.pages[planned.parent]
            page = planned.model(
                title=planned.data.title, slug=planned.data.slug, live=False, locale=self.locale
            )
            parent.add_child(instance=page)
            self.pages[planned.key] = page
            self.refs.pages[planned.key] = page.pk
        return len(self.pages)

    def fill_pages(self) -> int:
        shown, reserved = self.refs.images, media.ReservedPictures(self.refs.images)
        for planned in self.plan():
            page = self.pages[planned.key]
            self.refs.images = reserved if planned.reserved else shown
            self.fill_common(page, planned.data)
            FILLERS[planned.model](self, page, planned.data)
            self.publish(page, planned.data.days_ago)
        self.refs.images = shown
        home = self.pages["home"]
        home.title = content.home.HOME.title
        home.summary = content.home.HOME.summary
        home.picture_id = (
            self.refs.images[content.home.HOME.picture] if content.home.HOME.picture else None
        )
        home.sections = stories.sections(content.home.HOME, self.refs)
        self.publish(home, 400)
        return len(self.pages)

    def publish(self, page: Any, days_ago: int) -> None:
        """Publish at the date the content gives."""
        at = timezone.now() - datetime.timedelta(days=days_ago)
        page.first_published_at = at
        page.save_revision().publish()
        Page.objects.filter(pk=page.pk).update(first_published_at=at, last_published_at=at)

    def fill_common(self, page: Any, data: schema.Page) -> None:
        page.summary = data.summary
        page.short_title = data.short_title
        page.search_description = data.search_description
        page.picture_id = self.refs.images[data.picture] if data.picture else None

    def fill_audience(self, page: Any, data: Any) -> None:
        page.audience = Audience.MEMBERS if data.members else Audience.PUBLIC
        page.door = getattr(data, "door", Door.TEASER)

    def fill_mission(self, page: MissionPage, data: schema.MissionPage) -> None:
        page.mission = self.missions[data.mission]
        page.your_mission = self.refs.rich_text(data.your_mission)
        page.our_support = self.refs.rich_text(data.our_support)
        page.topics = stories.topics(data, self.refs)  # type: ignore[assignment]
        self.fill_body(page, data)

    def fill_body(self, page: Any, data: Any) -> None:
        page.body = stories.story(data.body, self.refs, data.slug)

    def fill_content(self, page: ContentPage, data: schema.ContentPage) -> None:
        self.fill_body(page, data)
        self.fill_audience(page, data)

    def fill_statement(self, page: AccessibilityPage, data: schema.Statement) -> None:
        page.established_on = self.today - datetime.timedelta(days=data.days_ago)
        page.failures = self.refs.rich_text(data.failures)
        page.contact_email = data.contact_email
        self.fill_body(page, data)

    def fill_ecodesign(self, page: EcodesignPage, data: schema.Ecodesign) -> None:
        page.done = self.refs.rich_text(data.done)
        page.to_do = self.refs.rich_text(data.to_do)
        self.fill_body(page, data)

    def fill_personal_data(self, page: PersonalDataPage, data: schema.PersonalData) -> None:
        for name in ("introduction", "cookies", "rights"):
            setattr(page, name, self.refs.rich_text(getattr(data, name)))
        page.treatments = stories.treatments(data)  # type: ignore[assignment]
        self.fill_body(page, data)

    def fill_legal_notice(self, page: LegalNoticePage, data: schema.LegalNotice) -> None:
        page.legal_form = data.legal_form
        self.fill_body(page, data)

    def fill_join(self, page: JoinPage, data: schema.JoinPage) -> None:
        page.introduction = self.refs.rich_text(data.introduction)
        page.steps = stories.steps(data, self.refs)  # type: ignore[assignment]
        self.fill_body(page, data)

    def fill_alliances(self, page: AlliancesPage, data: schema.AlliancesPage) -> None:
        page.introduction = self.refs.rich_text(data.introduction)
        self.fill_body(page, data)

    def fill_newsletter(self, page: NewsletterPage, data: schema.NewsletterPage) -> None:
        page.consent_text = self.refs.rich_text(data.consent)
        page.thanks_text = self.refs.rich_text(data.thanks)
        page.confirmed_text = self.refs.rich_text(data.confirmed)
        page.goodbye_text = self.refs.rich_text(data.goodbye)
        self.fill_body(page, data)

    def fill_brand(self, page: Any, data: schema.BrandPage) -> None:
        self.fill_body(page, data)
        page.holds_rules = data.rules
        page.file_rows = [
            BrandFile(
                document_id=self.refs.documents[key],
                picture_id=self.refs.images[picture] if picture else None,
            )
            for key, picture in data.files
        ]

    def fill_resource(self, page: Any, data: schema.Resource) -> None:
        page.kind = data.kind
        page.authors, page.garden, page.licence = data.authors, data.garden, data.licence
        page.issued_on = self.today - datetime.timedelta(days=data.days_ago)
        if data.verified is not None:
            page.verified_on = self.today - datetime.timedelta(days=data.verified)
        page.mission_rows = [ResourceMission(mission=self.missions[slug]) for slug in data.missions]
        page.theme_rows = [ResourceTheme(theme=self.themes[slug]) for slug in data.themes]
        page.file_rows = [
            ResourceFile(document_id=self.refs.documents[media.key_of(key, data)])
            for key in data.files
        ]
        page.link_rows = [ResourceLink(label=label, url=url) for label, url in data.links]
        self.fill_body(page, data)
        self.fill_audience(page, data)

    def fill_event(self, page: Any, data: schema.Event) -> None:
        first, last = days.days_of(data.when, self.today)
        page.start_date, page.end_date = first, last if last != first else None
        page.start_time, page.end_time = data.when.start, data.when.end
        page.time_zone = data.when.zone
        page.kind, page.format, page.status = data.kind, data.format, data.status
        page.status_note, page.organiser, page.price = data.status_note, data.organiser, data.price
        page.access_needs, page.online_link = data.access_needs, data.online_link
        for name in ("address", "postcode", "city", "region"):
            setattr(page, name, getattr(data.place, name))
        page.place = data.place.name
        page.contact_id = self.refs.contacts[data.contact] if data.contact else None
        if data.previous_day is not None:
            page.previous_date = days.working_day(self.today, data.previous_day)
        if data.deadline is not None:
            page.registration_deadline = first - datetime.timedelta(days=data.deadline)
        page.registration_email = content.taxonomy.DEVELOPMENT if data.by_mail else ""
        page.mission_rows = [EventMission(mission=self.missions[slug]) for slug in data.missions]
        page.file_rows = [EventFile(document_id=self.refs.documents[key]) for key in data.files]
        self.fill_body(page, data)
        page.report = stories.story(data.report, self.refs, f"{data.slug}/report")
        self.fill_audience(page, data)

    # --- menus ------------------------------------------------------------------------------------

    def load_menus(self) -> int:
        site = Site.objects.get(is_default_site=True)
        navigation: Any = Navigation.for_site(site)
        navigation.menu_items = [MenuItem(page_id=self.refs.pages[key]) for key in lists.MENU]
        navigation.footer_links = [FooterLink(page_id=self.refs.pages[key]) for key in lists.FOOT]
        navigation.save()
        Organisation.objects.update_or_create(
            site=site, defaults={"email": content.taxonomy.DEVELOPMENT}
        )
        return len(lists.MENU) + len(lists.FOOT)


def _nothing_more(loader: Loader, page: Any, data: Any) -> None:
    """For page types that have nothing but what all pages have."""


# The type of page that a kind of content becomes, where it is not a content page.
MODELS: dict[type[schema.ContentPage], type[Page]] = {
    schema.Statement: AccessibilityPage,
    schema.Ecodesign: EcodesignPage,
    schema.PersonalData: PersonalDataPage,
    schema.LegalNotice: LegalNoticePage,
}
FILLERS: dict[type[Page], Callable[[Loader, Any, Any], None]] = {
    MissionIndexPage: _nothing_more,
    ToolboxPage: _nothing_more,
    AgendaPage: _nothing_more,
    MissionPage: Loader.fill_mission,
    ResourcePage: Loader.fill_resource,
    EventPage: Loader.fill_event,
    JoinPage: Loader.fill_join,
    AlliancesPage: Loader.fill_alliances,
    NewsletterPage: Loader.fill_newsletter,
    ContentPage: Loader.fill_content,
    AccessibilityPage: Loader.fill_statement,
    EcodesignPage: Loader.fill_ecodesign,
    PersonalDataPage: Loader.fill_personal_data,
    LegalNoticePage: Loader.fill_legal_notice,
    BrandIndexPage: Loader.fill_body,
    BrandPage: Loader.fill_brand,
}

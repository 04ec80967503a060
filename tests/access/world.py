"""A small site in which every way of being reserved occurs, each with marks of its own."""

from __future__ import annotations

import datetime
import io
import itertools
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    PageViewRestriction,
    Site,
)
from wagtail_localize.models import Translation, TranslationSource

from editorial.models import DeskKey, DraftLink
from events.models import CalendarKey, EventFile
from home.models import ContentPage, HomePage
from members.models import Affiliation, User
from newsletter.models import LetterPage, NewsletterPage
from resources.models import BrandFile, BrandIndexPage, BrandPage, ResourcePage, ResourceVersion
from resources.shelf import Favourite, Shelf
from site_cocagne import roles
from site_cocagne.core.models import Audience, Door
from site_cocagne.core.models.settings import FooterLink, MenuItem, Navigation
from site_cocagne.core.volume import take_stock
from tests import factories

from .rule import Kept, Persona, Thing, Words

COMMON = "rutabagas"  # a word of every body
RESERVED = {"audience": Audience.MEMBERS}
HIDDEN = {"audience": Audience.MEMBERS, "door": Door.HIDDEN}
BY_KEPT: dict[Kept, dict[str, Any]] = {Kept.OPEN: {}, Kept.TEASER: RESERVED, Kept.HIDDEN: HIDDEN}


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


@dataclass
class World:
    """The things by key, the people by persona, and the pages that gather things."""

    things: dict[str, Thing] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, Any] = field(default_factory=dict)
    drafts: dict[str, Any] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def user(self, persona: Persona) -> Any:
        return self.people.get(persona.name)

    def of(self, *models: type[Any], language: str = "fr") -> list[Thing]:
        """Published things of these types in a language."""
        found = self.things.values()
        return [
            one
            for one in found
            if one.live and isinstance(one.page, models) and one.language == language
        ]

    def keys(self, *keys: str) -> list[Thing]:
        return [self.things[key] for key in keys]

    # --- making things ----------------------------------------------------------------------

    def words(self) -> tuple[Words, dict[str, Any]]:
        """New marks, and the fields of a page that carry them."""
        words = Words(next(self._numbers))
        return words, {
            "title": f"Titre {words.title}",
            "slug": words.slug,
            "summary": f"Résumé {words.summary}",
            "body": [block("paragraph", f"<p>Texte {words.body} et {COMMON}.</p>")],
        }

    def keep(self, key: str, kept: Kept, page: Any, words: Words, **more: Any) -> Thing:
        self.things[key] = Thing(key, kept, page, words, **more)
        return self.things[key]

    def files(self, words: Words, count: int = 1) -> list[Any]:
        return [
            factories.document(
                f"{words.file}-{number}.txt",
                f"octets {words.file}".encode(),
                transcript=f"Parole {words.file} et {COMMON}",
            )
            for number in range(count)
        ]

    def image(self, words: Words) -> Any:
        return factories.image(f"{words.picture}.png", (96, 64), description=words.picture)

    def resource(self, key: str, kept: Kept, **fields: Any) -> Thing:
        words, own = self.words()
        documents, picture = [], None
        if fields.pop("pictured", False):
            documents, picture = self.files(words, 2), self.image(words)
            own["version_rows"] = [ResourceVersion(document=documents[1], note=words.file)]
        page = factories.resource(
            self.pages["toolbox"],
            revision=True,
            **{**own, **BY_KEPT[kept], **fields},
            documents=tuple(documents[:1]),
            picture=picture,
        )
        return self.keep(key, kept, page, words, documents=documents, picture=picture)

    def event(self, key: str, kept: Kept, **fields: Any) -> Thing:
        words, own = self.words()
        pictured = fields.pop("pictured", False)
        documents = self.files(words) if pictured else []
        picture = self.image(words) if pictured else None
        page = factories.event(
            self.pages["agenda"],
            revision=True,
            **{**own, **BY_KEPT[kept], **fields},
            city=f"Ville {words.place}",
            format="hybrid",
            online_link=f"https://{words.place}.example/",
            organiser=f"Les gens {words.place}",
            file_rows=[EventFile(document=each) for each in documents],
            picture=picture,
        )
        return self.keep(key, kept, page, words, documents=documents, picture=picture)

    def content(self, key: str, kept: Kept, parent: Any, **fields: Any) -> Thing:
        words, own = self.words()
        live, elsewhere = fields.pop("live", True), fields.pop("elsewhere", False)
        picture = self.image(words) if fields.pop("pictured", False) else None
        rules = BY_KEPT.get(kept, {})
        page = factories.content(
            parent, **{**own, **rules, **fields}, live=live, revision=True, picture=picture
        )
        return self.keep(key, kept, page, words, live=live, elsewhere=elsewhere, picture=picture)

    def translate(self, key: str, source: Thing, kept: Kept, **changes: Any) -> Thing:
        """A published translation made as an editor's copy, with words of its own."""
        words, own = self.words()
        page = source.page.copy_for_translation(self.pages["english"])
        for name, value in {**own, **changes}.items():
            setattr(page, name, value)
        page.save_revision().publish()
        return self.keep(key, kept, page, words)

    def again(self, thing: Thing, **changes: Any) -> None:
        """Edit and publish once more."""
        page = type(thing.page)._default_manager.get(pk=thing.page.pk)
        for name, value in changes.items():
            setattr(page, name, value)
        page.save_revision().publish()

    @cached_property
    def everything(self) -> list[Thing]:
        return list(self.things.values())


# --- building -------------------------------------------------------------------------------


def build() -> World:
    """The whole world; what waits for a commit is done as well."""
    world = World()
    with TestCase.captureOnCommitCallbacks(execute=True):
        _sections(world)
        _basics(world)
        _languages(world)
        _doubles(world)
        _places(world)
        _unfinished(world)
        _letters(world)
        _gathering(world)
        call_command("sync_roles", summary=True, stdout=io.StringIO())
        _people(world)
        _keys(world)
    take_stock()
    for thing in world.everything:
        thing.page = (
            type(thing.page)._default_manager.select_related("locale").get(pk=thing.page.pk)
        )
    return world


def _sections(world: World) -> None:
    home = HomePage.objects.get(depth=2, locale__language_code="fr")
    english = Locale.objects.get(language_code="en")
    pages = world.pages
    pages |= {"home": home, "english": english}
    pages["toolbox"], pages["agenda"] = factories.toolbox(home), factories.agenda(home)
    for name in ("home", "toolbox", "agenda"):
        copy = pages[name].copy_for_translation(english)
        copy.save_revision().publish()
        pages[f"{name}_en"] = copy
    pages["section"] = factories.content(home, title="Rubrique", slug="rubrique")
    pages["elsewhere"] = factories.content(home, title="Ailleurs", slug="ailleurs")
    pages["mission"] = factories.mission("produire")
    pages["theme"] = factories.theme(pages["mission"], slug="voisins")
    pages["mission_page"] = factories.mission_page(
        home, pages["mission"], title="Une mission", slug="une-mission"
    )


def _basics(world: World) -> None:
    """Each kind in each audience, in one mission and under one theme."""
    rows: dict[str, Any] = {"missions": (world.pages["mission"],)}
    themes = (world.pages["theme"],)
    for kept in (Kept.OPEN, Kept.TEASER, Kept.HIDDEN):
        world.resource(f"resource {kept}", kept, themes=themes, pictured=True, **rows)
        world.event(f"event {kept}", kept, pictured=kept is Kept.HIDDEN, **rows)
        world.event(f"past event {kept}", kept, in_days=-40)
        world.content(f"content {kept}", kept, world.pages["section"], pictured=kept is Kept.TEASER)
    words, own = world.words()
    index = factories.add_page(world.pages["home"], BrandIndexPage, revision=True, **own)
    world.keep("brand section", Kept.BRAND, index, words)
    words, own = world.words()
    documents, picture = world.files(words), world.image(words)
    kit = factories.add_page(
        index,
        BrandPage,
        revision=True,
        **own,
        picture=picture,
        file_rows=[BrandFile(document=documents[0], picture=picture)],
    )
    world.keep("brand kit", Kept.BRAND, kit, words, documents=documents, picture=picture)


def _languages(world: World) -> None:
    """A translation is as closed as the strictest of its kin, whichever came first."""
    before = world.resource("translated before, then reserved", Kept.OPEN)
    world.translate("its translation from before", before, Kept.HIDDEN)
    world.again(before, **HIDDEN)
    before.kept = Kept.HIDDEN

    after = world.resource("reserved, then translated", Kept.TEASER)
    world.translate("its translation from after", after, Kept.TEASER)

    source = world.resource("restricted in English only", Kept.OPEN)
    world.translate("the English that restricts", source, Kept.HIDDEN, **HIDDEN)
    source.kept = Kept.HIDDEN

    gone = world.resource("source taken offline", Kept.HIDDEN)
    world.translate("translation of what is offline", gone, Kept.HIDDEN)
    type(gone.page).objects.get(pk=gone.page.pk).unpublish()
    gone.live = False
    _synchronised(world)


def _synchronised(world: World) -> None:
    """Reserved on the translation alone; then the French changes and the English follows."""
    thing = world.resource("changed and synchronised", Kept.OPEN)
    source, _made = TranslationSource.update_or_create_from_instance(thing.page)
    source.update_from_db()
    translation = Translation.objects.create(source=source, target_locale=world.pages["english"])
    translation.save_target(publish=True)
    target = translation.get_target_instance()
    for name, value in HIDDEN.items():
        setattr(target, name, value)
    target.save_revision().publish()
    world.again(thing, authors="Une équipe")
    source.update_from_db()
    translation.save_target(publish=True)
    thing.kept = Kept.HIDDEN
    world.keep("synchronised translation", Kept.HIDDEN, target, thing.words)


def _doubles(world: World) -> None:
    """Aliases, made before and after; a copy of what is reserved."""
    open_first = world.resource("aliased, then reserved", Kept.OPEN)
    alias = open_first.page.create_alias(update_slug="zdouble-avant")
    world.again(open_first, **RESERVED)
    open_first.kept = Kept.TEASER
    world.keep("its alias from before", Kept.TEASER, alias.specific, open_first.words)

    closed = world.resource("reserved, then aliased", Kept.HIDDEN)
    alias = closed.page.create_alias(update_slug="zdouble-apres")
    world.keep("its alias from after", Kept.HIDDEN, alias.specific, closed.words)

    words, own = world.words()
    attributes = {"title": own["title"], "slug": own["slug"], "summary": own["summary"]}
    copy = world.things["resource hidden"].page.copy(update_attrs=attributes)
    # Its story is that of the page it was copied from.
    world.keep("a copy", Kept.HIDDEN, copy, words, tells=("title",))

    moved = world.content("section that is reserved", Kept.HIDDEN, world.pages["home"])
    page = world.content("moved out of its section", Kept.HIDDEN, moved.page)
    page.page.move(world.pages["section"], pos="last-child")


def _places(world: World) -> None:
    """Wagtail's own restrictions, what stands below what is closed, another editor's section."""
    home = world.pages["home"]
    login = world.content("restricted to accounts", Kept.LOGIN, home)
    world.content("below what is restricted", Kept.LOGIN, login.page)
    group = world.content("restricted to a group", Kept.GROUP, home)
    PageViewRestriction.objects.create(page=login.page, restriction_type=PageViewRestriction.LOGIN)
    restriction = PageViewRestriction.objects.create(
        page=group.page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Un groupe de travail"))
    hidden = world.things["content hidden"]
    world.content("public below what is hidden", Kept.OPEN, hidden.page)
    world.content("hidden elsewhere", Kept.HIDDEN, world.pages["elsewhere"], elsewhere=True)


def _unfinished(world: World) -> None:
    """A page that was never published, one taken offline, and a draft of an open one."""
    world.content("never published", Kept.HIDDEN, world.pages["section"], live=False)
    offline = world.content("taken offline", Kept.OPEN, world.pages["section"])
    offline.page.unpublish()
    offline.live = False
    for key in ("content open", "content hidden"):
        thing = world.things[key]
        page = ContentPage.objects.get(pk=thing.page.pk)
        page.title = f"Titre {thing.words.title} {thing.words.draft}"
        world.drafts[key] = page.save_revision()
    ends = timezone.localdate() + datetime.timedelta(days=3)
    for key, revision in list(world.drafts.items()):
        for allowed in (False, True):
            world.drafts[f"{key}, allowed: {allowed}"] = DraftLink.objects.create(
                page=world.things[key].page,
                revision=revision,
                for_whom="Une financeuse",
                ends_on=ends,
                reserved_allowed=allowed,
            )


def _letters(world: World) -> None:
    newsletter = factories.add_page(world.pages["home"], NewsletterPage, slug="newsletter")
    chosen = [thing.page.pk for thing in world.things.values() if thing.live]
    for kept in (Kept.OPEN, Kept.HIDDEN):
        words, own = world.words()
        own.pop("body")
        sections = [block("pages", {"title": "Pages", "pages": chosen})]
        page = factories.add_page(
            newsletter,
            LetterPage,
            **own,
            **BY_KEPT[kept],
            introduction=f"<p>{words.body} {COMMON}</p>",
            sections=sections,
        )
        world.keep(f"letter {kept}", kept, page, words)
    world.pages["newsletter"] = newsletter


def _gathering(world: World) -> None:
    """Menus, redirects, and a home page that links to everything an editor could choose."""
    keys = ["content open", "content teaser", "content hidden", "brand kit"]
    site = Site.objects.get(is_default_site=True)
    navigation, _made = Navigation.objects.get_or_create(site=site)
    world.things["content open"].in_menu = True
    world.things["content hidden"].address_known = True  # "public below what is hidden"
    for key in keys:
        page = world.things[key].page
        MenuItem.objects.create(navigation=navigation, page=page)
        FooterLink.objects.create(navigation=navigation, page=page)
        Redirect.objects.create(old_path=f"/ancien-{page.pk}", redirect_page=page, site=site)
    pages = [world.things[key].page.pk for key in keys]
    scheme = {"title": "Dispositif", "text": "<p>Texte</p>"}
    links = [{"label": "", "page": pk, "url": ""} for pk in pages]
    hero = {"title": "Bienvenue", "text": "Texte", "image": None, "quote": ""}
    framework = {"title": "Cadre", "intro": "", "text": "", "requirements": [], "conclusion": ""}
    sections = [
        block("hero", {**hero, "buttons": links[:2], "quote_author": "", "quote_garden": ""}),
        block("hero", {**hero, "buttons": links[2:], "quote_author": "", "quote_garden": ""}),
        block(
            "schemes",
            {
                "title": "Dispositifs",
                "intro": "",
                "schemes": [{**scheme, "page": p} for p in pages],
            },
        ),
        *(block("framework", {**framework, "page": pk}) for pk in pages),
        block("missions", {"title": "Missions", "intro": ""}),
        block("agenda", {"title": "Agenda", "intro": "", "count": 12}),
        block("story", [block("button", link) for link in links]),
        block("story", [block("pages", {"title": "À lire", "pages": pages})]),
    ]
    home = HomePage.objects.get(pk=world.pages["home"].pk)
    home.sections = sections
    home.save_revision().publish()
    world.pages["home"] = home


def _people(world: World) -> None:
    """An account a persona; nobody has a mission, so that everything new is theirs."""
    ended = timezone.localdate() - datetime.timedelta(days=1)
    people = world.people
    people["without affiliation"] = factories.user()
    people["current member"] = factories.member()
    people["member in grace"] = factories.member(factories.garden(valid_for=-29))
    people["member whose garden expired yesterday"] = factories.member(
        factories.garden(valid_for=-31)
    )
    people["former affiliation"] = former = factories.member()
    Affiliation.objects.filter(user=former).update(ended_on=ended)
    people["Validation"] = factories.user()
    people["Validation"].groups.add(Group.objects.get(name=roles.APPROVER.name))
    people["superuser"] = User.objects.create_superuser("super@exemple.fr", factories.PASSWORD)
    people["editor of another section"] = editor = factories.user()
    editor.groups.add(_another_section(world))
    # Last: those who are asked must be there.
    world.drafts["content hidden"].content_object.get_workflow().start(
        ContentPage.objects.get(pk=world.things["content hidden"].page.pk), factories.user()
    )


def _another_section(world: World) -> Group:
    """Rights over one section and one collection, and the desk."""
    group = Group.objects.create(name="Rédaction d’ailleurs")
    for name in (roles.ENTER_ADMIN, roles.USE_DESK):
        app, codename = name.split(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    for codename in ("add_page", "change_page"):
        right = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(
            group=group, page=world.pages["elsewhere"], permission=right
        )
    collection = Collection.get_first_root_node().add_child(name="Ailleurs")
    for codename in ("add_image", "choose_image", "add_document", "choose_document"):
        libraries = ("wagtailimages", "wagtaildocs")
        right = Permission.objects.get(content_type__app_label__in=libraries, codename=codename)
        GroupCollectionPermission.objects.create(
            group=group, collection=collection, permission=right
        )
    return group


def _keys(world: World) -> None:
    """Everybody has a shelf with everything on it, a calendar of their own, the desk's calendar."""
    resources = [one.page.pk for one in world.things.values() if isinstance(one.page, ResourcePage)]
    for account in world.people.values():
        CalendarKey.objects.renew(account)
        DeskKey.objects.create(user=account)
        Shelf.objects.create(user=account, weekly=True)
        Favourite.objects.bulk_create([Favourite(user=account, page_id=page) for page in resources])

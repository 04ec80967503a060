"""Surfaces that gather things: lists, search, feeds, maps, menus, mails."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from editorial.models import Message, Review
from editorial.reviews import write_review_digests
from events.models import EventPage
from newsletter.letters import compose, is_members_address
from newsletter.models import LetterPage
from resources.models import ResourcePage
from resources.shelf_mails import write

from .asking import Cells, Visit
from .asking import published as full
from .rule import PERSONAS, Kept, Level, Persona, Thing, for_everybody, level, works_on
from .surfaces import Surface, a_list, in_full, public_only
from .world import COMMON, World

SHELF = "/mon-espace/ma-selection/"
A_MEMBER = next(one for one in PERSONAS if one.member)


def resources(world: World) -> list[Thing]:
    return world.of(ResourcePage)


def resources_en(world: World) -> list[Thing]:
    return world.of(ResourcePage, language="en")


def coming(world: World) -> list[Thing]:
    return [one for one in world.of(EventPage) if not one.page.is_over]


def gone_by(world: World) -> list[Thing]:
    return [one for one in world.of(EventPage) if one.page.is_over]


def three(kind: str) -> Any:
    """The open, the teaser and the hidden one of a kind."""
    return lambda world: world.keys(*(f"{kind} {k}" for k in (Kept.OPEN, Kept.TEASER, Kept.HIDDEN)))


def of_the_mission(world: World) -> list[Thing]:
    """A copy keeps the missions and themes of what it was made from."""
    return [*three("resource")(world), world.things["a copy"]]


def both(one: Any, other: Any) -> Any:
    return lambda world: [*one(world), *other(world)]


def online(world: World, language: str = "fr") -> list[Thing]:
    return [one for one in world.everything if one.live and one.language == language]


def day(in_days: int, form: str) -> str:
    return f"{timezone.localdate() + datetime.timedelta(days=in_days):{form}}".replace("/0", "/")


def linked(world: World) -> list[Thing]:
    """What the home page links to, and the next events beside it."""
    return [*three("content")(world), world.things["brand kit"], *coming(world)]


# --- pages that list ------------------------------------------------------------------------


def listings() -> list[Surface]:
    agenda = "/agenda/"
    return [
        a_list("toolbox", ask("/boite-a-outils/", "/boite-a-outils/?page=2"), resources),
        a_list("toolbox in English", ask("/en/boite-a-outils/"), resources_en),
        a_list(
            "toolbox narrowed and sorted",
            ask("/boite-a-outils/?theme=voisins&mission=produire&sort=title"),
            of_the_mission,
        ),
        a_list("agenda", ask(agenda), coming),
        a_list("agenda of a month", lambda v: v.text(agenda + day(7, "%Y/%m/")), coming),
        a_list("agenda of a day", lambda v: v.text(agenda + day(7, "%Y/%m/%d/")), coming),
        a_list(
            "archive of a year", lambda v: v.text(f"{agenda}archives/{day(-40, '%Y')}/"), gone_by
        ),
        a_list("home page with every kind of link", ask("/"), linked),
        a_list("mission page", ask("/missions/une-mission/"), both(of_the_mission, coming)),
        a_list("pages of a section", ask("/rubrique/"), section),
        a_list("site map", ask("/plan-du-site/"), online, in_full),
        a_list(
            "site map in English",
            ask("/en/plan-du-site/"),
            lambda world: online(world, "en"),
            in_full,
        ),
        a_list("letters sent so far", ask("/newsletter/"), letters, in_full),
        a_list("menus on a page not found", ask("/rien-ici/"), menu, public_only),
        Surface("breadcrumb", breadcrumb),
        Surface("related and next dates beside a resource", related),
    ]


def ask(*addresses: str) -> Any:
    return lambda visit: visit.text(*addresses)


def section(world: World) -> list[Thing]:
    return [*three("content")(world), world.things["moved out of its section"]]


def letters(world: World) -> list[Thing]:
    return world.of(LetterPage)


def menu(world: World) -> list[Thing]:
    return world.keys("content open")


def breadcrumb(visit: Visit, cells: Cells) -> None:
    """A public page names what it stands below to those only who may read that."""
    text = visit.text(visit.world.things["public below what is hidden"].address)
    above = visit.world.things["content hidden"]
    seen = in_full(visit.persona, above)
    must = ("title",) if seen is Level.FULL else ()
    cells.tells(above, text, must=must)


def related(visit: Visit, cells: Cells) -> None:
    answer = visit.get(visit.world.things["resource open"].address)
    for thing in [*three("resource")(visit.world)[1:], *three("event")(visit.world)]:
        cells.card(thing, answer.text, level(visit.persona, thing), in_list=True)


# --- numbers --------------------------------------------------------------------------------


def counts(visit: Visit, cells: Cells) -> None:
    """A number counts what its reader may know of, neither more nor less."""
    known = [one for one in resources(visit.world) if level(visit.persona, one) >= Level.DOOR]
    listing = visit.get("/boite-a-outils/").context["listing"]
    cells.check("total of the toolbox", listing.total == len(known), f"{listing.total}")
    near = [one for one in of_the_mission(visit.world) if one in known]
    for facet, value in (("theme", "voisins"), ("mission", "produire")):
        number = listing.counts.by_facet[facet].get(value, 0)
        cells.check(f"beside {facet}", number == len(near), f"{number}, not {len(near)}")
    locked = {page.pk for page in listing.page.object_list if page.locked}
    for thing in known:
        met = (thing.page.pk in locked) == (level(visit.persona, thing) is Level.DOOR)
        cells.check(f"lock on {thing.key}", met, "a lock too many, or one missing")
    agenda = visit.get("/agenda/").context["listing"]
    shown = [one for one in coming(visit.world) if level(visit.persona, one) >= Level.DOOR]
    cells.check("total of the agenda", agenda.total == len(shown), f"{agenda.total}")


# --- search ---------------------------------------------------------------------------------


def search_for(word: str, prefix: str = "") -> Any:
    def asked(visit: Visit) -> str:
        pages = range(1, 4)
        return visit.text(*(f"{prefix}/recherche/?q={word}&page={page}" for page in pages))

    return asked


# Each way of being kept, in each language; the common word finds all the others.
WORD_BY_WORD = (
    *("resource open", "resource teaser", "resource hidden", "event teaser", "event hidden"),
    *("content hidden", "brand kit", "its translation from before", "synchronised translation"),
    *("its alias from before", "a copy", "moved out of its section", "restricted to accounts"),
    *("restricted to a group", "hidden elsewhere", "never published", "letter hidden"),
)


def by_each_word(visit: Visit, cells: Cells) -> None:
    """No hit, no number, no suggestion tells whether a word stands in what one may not read."""
    for thing in visit.world.keys(*WORD_BY_WORD):
        prefix = "" if thing.language == "fr" else "/en"
        readable = thing.live and level(visit.persona, thing) is Level.FULL
        word = thing.words.body if "body" in thing.tells else thing.words.title
        answer = visit.get(f"{prefix}/recherche/?q={word}")
        found = answer.context["found"].total
        cells.check(f"hits for {thing.key}", bool(found) == readable, f"{found} hits")
        text = answer.text.replace(word, "")
        must = ("title",) if readable and word != thing.words.title else ()
        cells.tells(thing, text, must=must, may=full(thing) if readable else ())
        suggested = visit.get(f"{prefix}/recherche/suggestions/?q={thing.words.title}").text
        slug = thing.page.url in suggested
        cells.check(f"suggested {thing.key}", slug == readable, "suggested against the rule")


def by_word_of_file(visit: Visit, cells: Cells) -> None:
    for thing in visit.world.everything:
        for document in thing.documents[:1]:
            answer = visit.get(f"/recherche/?q={thing.words.file}")
            readable = level(visit.persona, thing) is Level.FULL
            found = answer.context["found"].total
            cells.check(f"file of {thing.key}", bool(found) == readable, f"{found} hits")
            told = document.url in answer.text
            cells.check(f"address of the file of {thing.key}", told == readable, "told")


def searches() -> list[Surface]:
    return [
        a_list("search by a common word", search_for(COMMON), online, in_full),
        a_list(
            "search in English",
            search_for(COMMON, "/en"),
            lambda world: online(world, "en"),
            in_full,
        ),
        Surface("search and suggestions, word by word", by_each_word),
        Surface("search for words of files", by_word_of_file),
        Surface("counts and facets", counts),
    ]


# --- feeds and maps -------------------------------------------------------------------------


def sitemap(visit: Visit) -> str:
    return visit.text("/sitemap.xml", "/sitemap-pages.xml")


def by_address(visit: Visit, cells: Cells) -> None:
    """The map names addresses, never a title."""
    text = sitemap(visit)
    for thing in visit.world.everything:
        told = f"{thing.address}<" in text
        wanted = thing.live and for_everybody(thing) is Level.FULL
        cells.check(thing.key, told == wanted, "named against the rule")
        cells.tells(thing, text, may=("slug",) if wanted else ())


def my_calendar(visit: Visit) -> str:
    if visit.user is None:
        return visit.text("/mon-agenda/rien.ics", "/mon-espace/calendrier/")
    return visit.text(f"/mon-agenda/{visit.user.calendar_key.token}.ics")


def desk_calendar(visit: Visit) -> str:
    token = visit.user.editorial_key.token if visit.user else "rien"
    return visit.text(f"/bureau/calendrier/{token}.ics")


def for_members(persona: Persona, thing: Thing) -> Level:
    """A member's own calendar and mail: nothing at all for anybody else."""
    return in_full(persona, thing) if persona.member else Level.NOTHING


def at_work(persona: Persona, thing: Thing) -> Level:
    return Level.FULL if works_on(persona, thing) else Level.NOTHING


def feeds() -> list[Surface]:
    flux = "boite-a-outils/flux"
    return [
        a_list("Atom", ask(f"/{flux}/atom.xml"), resources, public_only),
        a_list("RSS", ask(f"/{flux}/rss.xml"), resources, public_only),
        a_list("RSS in English", ask(f"/en/{flux}/rss.xml"), resources_en, public_only),
        a_list(
            "Atom, narrowed",
            ask(f"/{flux}/atom.xml?theme=voisins"),
            three("resource"),
            public_only,
        ),
        a_list(
            "calendar of the agenda",
            ask("/agenda/calendrier.ics"),
            both(coming, gone_by),
            public_only,
        ),
        a_list("a member’s secret calendar", my_calendar, both(coming, gone_by), for_members),
        a_list("the desk’s private calendar", desk_calendar, coming, at_work),
        Surface("map for search engines", by_address),
    ]


# --- a member's own pages and mails ---------------------------------------------------------


def own_space(visit: Visit, cells: Cells) -> None:
    persona = visit.persona
    text = visit.text("/mon-espace/")
    enters = persona.member or persona.in_admin
    for thing in visit.world.everything:
        seen = in_full(persona, thing) if enters else Level.NOTHING
        wanted = thing.key in {"event teaser", "event hidden", "brand kit"} and seen is Level.FULL
        may = full(thing) if seen is Level.FULL else ()
        cells.tells(thing, text, must=("title",) if wanted else (), may=may)


def shelf(persona: Persona, thing: Thing) -> Level:
    enters = persona.member or persona.in_admin
    return in_full(persona, thing) if enters else Level.NOTHING


def shelf_mail(visit: Visit) -> str:
    if visit.user is None:
        return ""
    message = write(visit.user.shelf, timezone.now())
    return f"{message.subject}\n{message.body}" if message else ""


def letter(kept: Kept) -> Any:
    """What arrives of a letter; of the members' one, at an address of a member only."""

    def arrived(visit: Visit) -> str:
        if kept is not Kept.OPEN and not is_members_address(getattr(visit.user, "email", "")):
            return ""
        page = LetterPage.objects.get(pk=visit.world.things[f"letter {kept}"].page.pk)
        composed = compose(page)
        return f"{composed.subject}\n{composed.html}\n{composed.text}"

    return arrived


def chosen(kept: Kept) -> Any:
    """A letter holds the pages chosen for it, itself, and no other letter."""

    def holds(world: World) -> list[Thing]:
        own = world.things[f"letter {kept}"]
        pages = [one for one in world.everything if one.live and one not in letters(world)]
        return [own, *pages]

    return holds


def as_any_member(persona: Persona, thing: Thing) -> Level:
    """The members' letter is written for any member, and for those alone."""
    return in_full(A_MEMBER, thing) if persona.member else Level.NOTHING


def notifications(visit: Visit, cells: Cells) -> None:
    """A page submitted for review is told to those who may judge it."""
    rows = Message.objects.filter(recipient=visit.user) if visit.user else Message.objects.none()
    text = "\n".join(f"{one.subject}\n{one.text}\n{one.html}" for one in rows)
    for thing in visit.world.everything:
        asked = thing.key == "content hidden" and visit.persona.works
        must = ("title",) if asked else ()
        cells.tells(thing, text, must=must, may=(*full(thing), "draft") if asked else ())


def weekly_digest(visit: Visit, cells: Cells) -> None:
    """Pages to check again: an owner who works on them no longer is told of none."""
    texts, due = "", [*online(visit.world), *online(visit.world, "en")]
    if visit.user is not None:
        for thing in due:
            Review.objects.update_or_create(
                page_id=thing.page.pk,
                defaults={"owner_id": visit.user.pk, "due_on": timezone.localdate()},
            )
        before = set(Message.objects.values_list("pk", flat=True))
        write_review_digests()
        new = Message.objects.filter(recipient=visit.user).exclude(pk__in=before)
        texts = "\n".join(f"{one.subject}\n{one.text}\n{one.html}" for one in new)
    for thing in visit.world.everything:
        told = visit.user is not None and works_on(visit.persona, thing)
        must = ("title",) if told and thing in due else ()
        cells.tells(thing, texts, must=must, may=("slug",) if told else ())


def mails() -> list[Surface]:
    def all_resources(world: World) -> list[Thing]:
        return [*resources(world), *resources_en(world)]

    return [
        Surface("my space", own_space),
        a_list("my shelf", ask(SHELF, f"{SHELF}?page=2"), all_resources, shelf),
        a_list("weekly mail of the shelf", shelf_mail, resources, for_members),
        a_list("open letter by mail", letter(Kept.OPEN), chosen(Kept.OPEN), public_only),
        a_list("members’ letter by mail", letter(Kept.HIDDEN), chosen(Kept.HIDDEN), as_any_member),
        Surface("messages of the desk", notifications),
        Surface("weekly digest of pages to check", weekly_digest),
    ]


SURFACES = [*listings(), *searches(), *feeds(), *mails()]

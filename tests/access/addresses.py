"""Surfaces that one asks for by address: pages, what hangs below them, files, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.storage import storages

from events.models import EventPage
from resources.models import BrandPage, ResourcePage

from .asking import LOGIN, Answer, Cells, Visit
from .rule import Kept, Level, Persona, Thing, for_everybody, level
from .surfaces import Surface, at_most
from .world import World


def is_door(persona: Persona, answer: Answer) -> bool:
    """Log-in and back for nobody in particular; for somebody with an account a word why not."""
    if persona.logged_in:
        return answer.status == 403
    return answer.status == 302 and LOGIN in answer.location


def kept_from_caches(answer: Answer) -> bool:
    words = answer.headers.get("Cache-Control", "")
    return "no-store" in words and "private" in words


def closed(visit: Visit, cells: Cells, thing: Thing, answer: Answer, what: str) -> None:
    """The honest door, and not a mark of what is behind it, but the address that was asked.

    A door that is shown to everybody says its title and summary.
    """
    cells.check(f"door of {what}", is_door(visit.persona, answer), f"answers {answer.status}")
    shown = level(visit.persona, thing) is Level.DOOR
    cells.tells(thing, answer.text, may=("slug", "title", "summary") if shown else ("slug",))
    cells.check(f"cache of the door of {what}", kept_from_caches(answer), "may be kept")


def opened(cells: Cells, answer: Answer, what: str, status: int = 200) -> None:
    cells.check(what, answer.status == status, f"answers {answer.status}, not {status}")


# --- pages ----------------------------------------------------------------------------------


def pages(visit: Visit, cells: Cells) -> None:
    """Every page, with all that its answer says of any other."""
    for thing in visit.world.everything:
        answer = visit.get(thing.address)
        if not thing.live:
            opened(cells, answer, thing.key, 404)
            cells.tells(thing, answer.text, may=("slug",))
        elif level(visit.persona, thing) is Level.FULL:
            opened(cells, answer, thing.key)
            parts = (part for part in thing.words.all if part != "draft")
            cells.tells(thing, answer.text, must=thing.tells, may=parts)
            if thing.kept is not Kept.OPEN:
                cells.check(f"cache of {thing.key}", kept_from_caches(answer), "may be kept")
        else:
            closed(visit, cells, thing, answer, thing.key)
        at_most(visit, cells, answer.text, besides=thing)


# Each way of being kept once, where it is the same code that answers for all.
EACH_WAY = (
    *("content open", "resource teaser", "resource hidden", "event hidden", "brand kit"),
    *("restricted to accounts", "restricted to a group", "hidden elsewhere", "never published"),
    *("taken offline", "its alias from before", "the English that restricts"),
)


def heads(visit: Visit, cells: Cells) -> None:
    for thing in visit.world.keys(*EACH_WAY):
        if not thing.live:
            continue
        answer = visit.get(thing.address, "head")
        if level(visit.persona, thing) is Level.FULL:
            opened(cells, answer, f"HEAD of {thing.key}")
        else:
            closed(visit, cells, thing, answer, thing.key)


def for_engines(visit: Visit, cells: Cells) -> None:
    """Structured data and shared-link words: of what is open to all, and of nothing else."""
    for key in ("event open", "event teaser", "event hidden"):
        thing = visit.world.things[key]
        text = visit.get(thing.address).text
        wanted = thing.kept is Kept.OPEN
        cells.check(f"JSON-LD of {key}", ("ld+json" in text) == wanted, "against the rule")
        readable = level(visit.persona, thing) is Level.FULL
        told = f'og:title" content="Titre {thing.words.title}' in text
        cells.check(f"Open Graph of {key}", told == readable, "against the rule")


def below(visit: Visit, cells: Cells) -> None:
    """Calendar of an event, zip of a kit, acceptance of its rules: the door of their page."""
    for thing in visit.world.of(EventPage):
        answer = visit.get(f"{thing.address}evenement.ics")
        if level(visit.persona, thing) is Level.FULL:
            opened(cells, answer, f"calendar of {thing.key}")
            parts = ("summary", "slug", "place", "body", "file")
            cells.tells(thing, answer.text, must=("title",), may=parts)
        else:
            closed(visit, cells, thing, answer, f"calendar of {thing.key}")
    for thing in visit.world.of(BrandPage):
        readable = level(visit.persona, thing) is Level.FULL
        for name, method, status in (
            ("tout/", "get", 200),
            ("tout/", "head", 200),
            ("accepter/", "get", 405),
            ("accepter/", "post", 302),
        ):
            answer = visit.get(f"{thing.address}{name}", method)
            if readable:
                opened(cells, answer, f"{name} of {thing.key}", status)
            else:
                closed(visit, cells, thing, answer, f"{name} of {thing.key}")
        zipped = visit.get(f"{thing.address}tout/").text
        must = ("file",) if readable else ()
        cells.tells(thing, zipped, must=must, may=("slug",))


def not_found(visit: Visit, cells: Cells) -> None:
    """What is not there says nothing of what is near."""
    for thing in visit.world.keys(*EACH_WAY):
        answer = visit.get(f"{thing.address}rien-de-tel/")
        opened(cells, answer, f"below {thing.key}", 404)
        cells.tells(thing, answer.text, may=("slug",))
        for document in thing.documents[:1]:
            number, name = document.pk, document.filename
            for address in (f"/documents/{number}/autre.txt", f"/documents/{number + 9999}/{name}"):
                answer = visit.get(address)
                opened(cells, answer, f"wrong address of a file of {thing.key}", 404)
                cells.tells(thing, answer.text, may=("file",) if name in address else ())


def redirects(visit: Visit, cells: Cells) -> None:
    """An old address leads on only those who may see where."""
    for key in ("content open", "content teaser", "content hidden", "brand kit"):
        thing = visit.world.things[key]
        answer = visit.get(f"/ancien-{thing.page.pk}/")
        if level(visit.persona, thing) is Level.FULL:
            opened(cells, answer, f"old address of {key}", 301)
            cells.check(f"way on to {key}", thing.address in answer.location, answer.location)
        else:
            closed(visit, cells, thing, answer, f"old address of {key}")
            named = thing.words.slug in answer.location
            cells.check(f"way on to {key}", not named, "names the new address")


def api(visit: Visit, cells: Cells) -> None:
    for address in ("/api/", "/api/v2/pages/", "/api/v2/documents/", "/api/v3/pages/"):
        answer = visit.get(address)
        opened(cells, answer, address, 404)
        at_most(visit, cells, answer.text)


# --- files ----------------------------------------------------------------------------------


def files(world: World) -> Iterator[tuple[Thing, Any]]:
    for thing in world.everything:
        for document in thing.documents:
            yield thing, document


WAYS: tuple[tuple[str, str, dict[str, str], int], ...] = (
    ("by address", "get", {}, 200),
    ("by HEAD", "head", {}, 200),
    ("a part", "get", {"range": "bytes=0-5"}, 206),
    ("if none match", "get", {"if-none-match": "*"}, 304),
    ("if modified since", "get", {"if-modified-since": "Wed, 01 Jan 2020 00:00:00 GMT"}, 200),
    ("HEAD if none match", "head", {"if-none-match": "*"}, 304),
)


def documents(way: tuple[str, str, dict[str, str], int]) -> Surface:
    name, method, headers, status = way

    def hold(visit: Visit, cells: Cells) -> None:
        for thing, document in files(visit.world):
            answer = visit.get(document.url, method, **headers)
            what = f"{document.filename} of {thing.key}"
            if level(visit.persona, thing) is Level.FULL:
                opened(cells, answer, what, status)
                bytes_sent = method == "get" and status == 200
                cells.tells(thing, answer.text, must=("file",) if bytes_sent else ())
                cells.check(f"cache of {what}", kept_from_caches(answer), "may be kept")
            else:
                closed(visit, cells, thing, answer, what)
                for header in ("ETag", "Content-Range", "Content-Disposition", "Last-Modified"):
                    cells.check(f"{header} of {what}", header not in answer.headers, "told")

    return Surface(f"document {name}", hold)


# --- pictures -------------------------------------------------------------------------------


def pictures(visit: Visit, cells: Cells) -> None:
    """A rendition is public while anybody may see the page; else it asks who looks."""
    for thing in visit.world.everything:
        if thing.picture is None:
            continue
        public = for_everybody(thing) is Level.FULL
        readable = level(visit.persona, thing) is Level.FULL
        made = list(thing.picture.renditions.all())
        cells.check(f"renditions of {thing.key}", bool(made), "none was made")
        for rendition in made[:2]:
            name = rendition.file.name
            outside = storages["default"].exists(name)
            cells.check(f"public file of {thing.key}", outside == public, "on the wrong side")
            if not public:
                answer = visit.get(rendition.url)
                one_picture(visit, cells, thing, answer, readable)
        answer = visit.get(thing.picture.file.url)
        one_picture(visit, cells, thing, answer, readable)
        forged = visit.get(f"/images/{made[0].pk}/autre.png")
        opened(cells, forged, f"generated address of {thing.key}", 404)
        old = visit.get(f"/media/images/{thing.words.picture}.width-800.png")
        opened(cells, old, f"public address of {thing.key}", 404)


def one_picture(visit: Visit, cells: Cells, thing: Thing, answer: Answer, readable: bool) -> None:
    if readable:
        opened(cells, answer, f"picture of {thing.key}")
    else:
        closed(visit, cells, thing, answer, f"picture of {thing.key}")


# --- keeping, drafts ------------------------------------------------------------------------


def keeping(visit: Visit, cells: Cells) -> None:
    """The page with which a resource is kept says its title: to those who may read it."""
    for thing in [*visit.world.of(ResourcePage), *visit.world.of(ResourcePage, language="en")]:
        answer = visit.get(f"/mon-espace/ma-selection/garder/{thing.page.pk}/")
        enters = visit.persona.member or visit.persona.in_admin
        if enters and level(visit.persona, thing) is Level.FULL:
            cells.tells(thing, answer.text, must=("title",), may=("slug", "summary"))
        else:
            wanted = 404 if enters else (403 if visit.persona.logged_in else 302)
            opened(cells, answer, thing.key, wanted)
            cells.tells(thing, answer.text)


def shared_drafts(visit: Visit, cells: Cells) -> None:
    """The address is its own key: it shows a draft of what is open, or what was allowed."""
    for key in ("content open", "content hidden"):
        thing = visit.world.things[key]
        for allowed in (False, True):
            link = visit.world.drafts[f"{key}, allowed: {allowed}"]
            answer = visit.get(f"/apercu/{link.token}/")
            if thing.kept is Kept.OPEN or allowed:
                opened(cells, answer, key)
                parts = (*thing.words.all,)
                cells.tells(thing, answer.text, must=("title", "body", "draft"), may=parts)
            else:
                opened(cells, answer, key, 410)
                cells.tells(thing, answer.text)


SURFACES = [
    Surface("page, and what it says of others", pages),
    Surface("page by HEAD", heads),
    Surface("structured data and Open Graph", for_engines),
    Surface("sub-addresses of pages and the zip", below),
    Surface("bodies of pages not found", not_found),
    Surface("redirects", redirects),
    Surface("the API", api),
    *(documents(way) for way in WAYS),
    Surface("picture, rendition, original, generated address", pictures),
    Surface("keeping a resource", keeping),
    Surface("shared drafts", shared_drafts),
]

"""The admin: what is behind an editor's rights, choosers, searches, reports."""

from __future__ import annotations

from .asking import Answer, Cells, Visit
from .rule import Level, Persona, Thing, level, works_on
from .surfaces import Surface
from .world import World

WATCHED = (
    *("content open", "content hidden", "resource teaser", "event hidden", "brand kit"),
    *("hidden elsewhere", "never published"),
)
# Of one page: the name of the surface, its address, and whether those who work there must see it.
OF_A_PAGE = (
    ("editor", "/admin/pages/{pk}/edit/", True),
    ("draft", "/admin/pages/{pk}/view_draft/", True),
    ("preview", "/admin/pages/{pk}/edit/preview/", False),
    ("history", "/admin/pages/{pk}/history/", True),
    ("old revision", "/admin/pages/{pk}/revisions/{revision}/view/", True),
    ("comparison", "/admin/pages/{pk}/revisions/compare/earliest...latest/", True),
    ("putting an old revision back", "/admin/pages/{pk}/revisions/{revision}/revert/", False),
    ("copying", "/admin/pages/{pk}/copy/", False),
    ("moving", "/admin/pages/{pk}/move/", False),
    ("deleting", "/admin/pages/{pk}/delete/", False),
    ("where it is used", "/admin/pages/{pk}/usage/", False),
    ("history of its workflow", "/admin/pages/workflow/workflow_history/{pk}/", False),
    ("submission of a translation", "/admin/localize/submit/page/{pk}/", False),
    ("sharing a draft", "/admin/bureau/pages/{pk}/partager/", False),
    ("submission for review", "/admin/bureau/pages/{pk}/soumettre/", False),
)
# Lists, searches and reports.
GATHERING = (
    ("home of the admin", ("/admin/",)),
    ("editorial desk", ("/admin/bureau/",)),
    ("export of the desk", ("/admin/bureau/agenda.csv", "/admin/bureau/brouillons.csv")),
    ("explorer", ("/admin/pages/", "/admin/pages/{home}/", "/admin/pages/{section}/")),
    ("explorer of the toolbox", ("/admin/pages/{toolbox}/", "/admin/pages/{brand}/")),
    ("page chooser", ("/admin/choose-page/", "/admin/choose-page/{home}/")),
    ("page chooser inside", ("/admin/choose-page/{section}/", "/admin/choose-page/{toolbox}/")),
    ("page chooser of the brand", ("/admin/choose-page/{brand}/",)),
    ("search of the admin", ("/admin/pages/search/?q=Titre", "/admin/pages/search/?q={word}")),
    (
        "search of the page chooser",
        ("/admin/choose-page/search/?q=Titre", "/admin/choose-page/search/?q={word}"),
    ),
    ("documents", ("/admin/documents/", "/admin/documents/results/?q=fiche")),
    ("document chooser", ("/admin/documents/chooser/", "/admin/documents/chooser/results/")),
    ("pictures", ("/admin/images/",)),
    ("picture chooser", ("/admin/images/chooser/", "/admin/images/chooser/results/")),
    ("reports", ("/admin/reports/aging-pages/", "/admin/reports/site-history/")),
    ("reports of workflows", ("/admin/reports/workflow/", "/admin/reports/locked/")),
    ("own API of the admin", ("/admin/api/main/pages/?fields=*", "/admin/api/main/documents/")),
    ("the trail", ("/admin/bureau/trace/",)),
    ("translations", ("/admin/bureau/traductions/",)),
)


def watched(world: World) -> list[Thing]:
    return world.keys(*WATCHED)


def refused(persona: Persona, answer: Answer) -> bool:
    """No page of the admin: log-in, the way back to its home, forbidden or not there."""
    return answer.status in {302, 403, 404}


def of_a_page(name: str, address: str, must_see: bool) -> Surface:
    def hold(visit: Visit, cells: Cells) -> None:
        for thing in watched(visit.world):
            revision = thing.page.latest_revision_id
            answer = visit.get(address.format(pk=thing.page.pk, revision=revision))
            if works_on(visit.persona, thing):
                served = answer.status == 200 or not must_see
                cells.check(f"{name} of {thing.key}", served, f"answers {answer.status}")
                must = ("title",) if must_see else ()
                cells.tells(thing, answer.text, must=must, may=(*thing.words.all,))
            else:
                closed = refused(visit.persona, answer)
                cells.check(f"{name} of {thing.key}", closed, f"answers {answer.status}")
                cells.tells(thing, answer.text)

    return Surface(f"admin: {name}", hold)


def gathering(name: str, addresses: tuple[str, ...]) -> Surface:
    def hold(visit: Visit, cells: Cells) -> None:
        world = visit.world
        numbers = {key: world.pages[key].pk for key in ("home", "section", "toolbox")}
        numbers["brand"] = world.things["brand section"].page.pk
        word = world.things["content hidden"].words.title[:-1]  # an answer may repeat the question
        text = visit.text(*(one.format(**numbers, word=word) for one in addresses))
        for thing in world.everything:
            if not visit.persona.in_admin:
                cells.tells(thing, text)
            elif works_on(visit.persona, thing):
                cells.tells(thing, text, may=(*thing.words.all,))
            else:
                # What they find on the site they may find here: nothing of the rest, no draft
                # but its title, by which the chooser names a page.
                seen = level(visit.persona, thing) if thing.live else Level.NOTHING
                named = seen >= Level.DOOR and "page chooser" in name
                cells.no_more(thing, text, seen, besides=("draft",) if named else ())
        if name in SHOWN_AT_WORK and (visit.persona.works or visit.persona.superuser):
            thing = world.things[SHOWN_AT_WORK[name]]
            cells.tells(thing, text, must=("title",), may=(*thing.words.all,))

    return Surface(f"admin: {name}", hold)


# Positive controls: where those who work on everything must find this.
SHOWN_AT_WORK = {
    "explorer": "content hidden",
    "page chooser inside": "resource hidden",
    "page chooser of the brand": "brand kit",
    "search of the admin": "content hidden",
    "search of the page chooser": "content hidden",
}

SURFACES = [
    *(of_a_page(*row) for row in OF_A_PAGE),
    *(gathering(*row) for row in GATHERING),
]

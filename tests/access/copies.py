"""Copies: what was kept for one reader, or before something changed, is never given to another."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.test import TestCase, override_settings
from django.utils import timezone

from members.models import Affiliation

from .addresses import closed, opened
from .asking import Cells, Visit, published
from .lists import day
from .rule import PERSONAS, Kept, Level, Persona, Thing, level
from .surfaces import Surface, at_most

FEED = "/agenda/calendrier.ics"
ANONYMOUS, SUPERUSER = PERSONAS[0], PERSONAS[-1]
WATCHED = ("content open", "resource teaser", "resource hidden", "event hidden", "brand kit")
LISTS = ("/", "/boite-a-outils/", "/plan-du-site/")
NOBODY = Persona("nobody any more", logged_in=False)


def kept_whole(hold: Callable[[Visit, Cells], None]) -> Callable[[Visit, Cells], None]:
    """With the cache of whole pages, which other surfaces do without."""

    def held(visit: Visit, cells: Cells) -> None:
        with override_settings(PAGE_CACHE=True):
            hold(visit, cells)

    return held


def as_the_rule_says(visit: Visit, cells: Cells, thing: Thing, what: str) -> None:
    answer = visit.get(thing.address)
    if level(visit.persona, thing) is Level.FULL:
        opened(cells, answer, f"{what}: {thing.key}")
    else:
        closed(visit, cells, thing, answer, f"{what}: {thing.key}")
    at_most(visit, cells, answer.text, besides=thing)


@kept_whole
def after_others(visit: Visit, cells: Cells) -> None:
    """Whoever read before, and whatever they were shown."""
    for reader in (SUPERUSER, ANONYMOUS):
        before = Visit(visit.world, reader)
        for address in (*LISTS, *(thing.address for thing in visit.world.keys(*WATCHED))):
            before.get(address)
    for thing in visit.world.keys(*WATCHED):
        as_the_rule_says(visit, cells, thing, "after others")
    for address in LISTS:
        at_most(visit, cells, visit.get(address).text)


@kept_whole
def after_log_out(visit: Visit, cells: Cells) -> None:
    """The same browser, which sends again whatever it was told to keep."""
    things = visit.world.keys(*WATCHED)
    marks = {thing.key: visit.get(thing.address).headers.get("ETag", "*") for thing in things}
    visit.client.logout()
    visit.persona = NOBODY
    for thing in things:
        as_the_rule_says(visit, cells, thing, "after log-out")
        again = visit.get(thing.address, **{"if-none-match": marks[thing.key]})
        open_to_all = thing.kept is Kept.OPEN
        known = again.status == 304
        cells.check(f"asked again: {thing.key}", not known or open_to_all, f"{again.status}")
    for address in LISTS:
        at_most(visit, cells, visit.get(address).text)


@kept_whole
def after_the_membership(visit: Visit, cells: Cells) -> None:
    """It ends between two requests, without any job: the second finds the door."""
    things = visit.world.keys(*WATCHED)
    for thing in things:
        visit.get(thing.address)
    if visit.user is not None:
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        Affiliation.objects.filter(user=visit.user).update(ended_on=yesterday)
    if visit.persona.member:
        visit.persona = Persona("member no more")
    for thing in things:
        as_the_rule_says(visit, cells, thing, "after the membership")
    for address in LISTS:
        at_most(visit, cells, visit.get(address).text)


@kept_whole
def after_the_audience_changed(visit: Visit, cells: Cells) -> None:
    """What was open when it was kept is reserved now: in no list, behind its door."""
    world = visit.world
    # One without a picture: its public files would not come back when the test is rolled back.
    thing, before = world.things["past event open"], Visit(world, ANONYMOUS)
    lists = ("/agenda/?period=past", f"/agenda/archives/{day(-40, '%Y')}/", "/plan-du-site/", FEED)
    for reader in (before, visit):
        assert reader.get(thing.address).status == 200
        for address in lists:
            assert thing.words.title in reader.get(address).text, address
    with TestCase.captureOnCommitCallbacks(execute=True):
        world.again(thing, audience="members", door="hidden")
    reserved = Thing(thing.key, Kept.HIDDEN, thing.page, thing.words)
    as_the_rule_says(visit, cells, reserved, "after the change")
    for address in lists:
        seen = level(ANONYMOUS if address == FEED else visit.persona, reserved)
        must = ("title",) if seen is Level.FULL else ()
        cells.tells(thing, visit.get(address).text, must=must, may=published(thing) if must else ())


SURFACES = [
    Surface("a copy kept of what others read", after_others),
    Surface("a copy kept after log-out", after_log_out),
    Surface("a copy kept after the membership ended", after_the_membership),
    Surface("a copy kept after the audience changed", after_the_audience_changed),
]

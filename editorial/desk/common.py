"""The lines of the desk's lists, and the filter laid over them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.utils.translation import gettext as _
from wagtail.models import Page

from site_cocagne.core.access import is_superuser, working_paths

from ..experts import about

When = datetime.datetime | datetime.date | None
# The part of a list that is asked for: all of it.
EVERYTHING = slice(0, None)
# What a row shows of a page and of a person; nothing else of them is read.
OF_PAGE = ("title", "draft_title", "content_type", "locale__language_code")
OF_PERSON = ("first_name", "last_name", "email")


@dataclass(frozen=True)
class Row:
    """One line of a list: a page, whose it is, since or until when, and what there is to say."""

    page: Page
    who: str = ""
    when: When = None
    due: When = None
    note: str = ""
    whole_day: bool = False

    @property
    def title(self) -> str:
        return self.page.draft_title or self.page.title or _("(page without a title)")

    @property
    def kind(self) -> str:
        model = self.page.specific_class
        return str(model._meta.verbose_name) if model else ""


@dataclass(frozen=True)
class Listing:
    """A part of a list, and how long the whole of it is."""

    rows: list[Row]
    count: int


def take(rows: QuerySet[Any], part: slice) -> tuple[list[Any], int]:
    """That part of a queryset and the number of all, in one query wherever there is a row."""
    found = list(rows.annotate(number_of_all=Window(Count("*")))[part])
    if found:
        return found, found[0].number_of_all
    return [], rows.count() if part.start else 0


def columns(*people: str, page: str = "") -> list[str]:
    """For ``only()``: what a row shows of the page at this relation and of these people."""
    of_page = [f"{page}__{name}" if page else name for name in OF_PAGE]
    return of_page + [f"{person}__{name}" for person in people for name in OF_PERSON]


def named(person: str, *relations: str) -> Q:
    """Rows where each word of ``person`` is in a name or address of one of these accounts."""
    found = Q(pk__in=[])
    for relation in relations:
        one = Q()
        for word in person.split():
            one &= (
                Q(**{f"{relation}__first_name__icontains": word})
                | Q(**{f"{relation}__last_name__icontains": word})
                | Q(**{f"{relation}__email__icontains": word})
            )
        found |= one
    return found


@dataclass
class Chosen:
    """The filter: language, section (a page and what is below it), mission, a person's name."""

    language: str = ""
    section: Page | None = None
    person: str = ""
    mission: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def narrows(self) -> bool:
        """Does it leave out pages, whoever looks?"""
        return bool(self.language or self.section is not None or self.mission)

    @cached_property
    def about_mission(self) -> Q:
        """Worked out once for all lists."""
        return about(self.mission)

    def pages(self, user: Any, model: type[Page] = Page) -> QuerySet[Any]:
        """Pages (of a type) of the chosen parts in which this person works."""
        pages: QuerySet[Any] = model._default_manager.filter(depth__gte=2)
        if not is_superuser(user):
            mine = Q(pk__in=[])
            for path in working_paths(user):
                mine |= Q(path__startswith=path)
            pages = pages.filter(mine)
        return self.narrow(pages)

    def narrow(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        if self.language:
            pages = pages.filter(locale__language_code=self.language)
        if self.section is not None:
            pages = pages.filter(path__startswith=self.section.path)
        if self.mission:
            pages = pages.filter(self.about_mission)
        return pages

    def of_person(self, rows: QuerySet[Any], *relations: str) -> QuerySet[Any]:
        """Only rows that belong, by one of these relations, to the chosen person."""
        return rows.filter(named(self.person, *relations)) if self.person.strip() else rows

"""The filter of the desk and of its screens: in the address, which can be shared."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from site_cocagne.core.access import is_superuser, visible_to, working_paths
from site_cocagne.core.languages import served_locales
from site_cocagne.core.models import Mission

from .. import desk

RIGHT = "editorial.use_desk"
A_PAGE = 50
LAST_PAGE = 1000


def require_desk(user: Any) -> None:
    if not user.has_perm(RIGHT):
        raise PermissionDenied


class DeskFilter(forms.Form):
    """A language, a section, a mission, a person. What is not valid is left out, and said."""

    langue = forms.ModelChoiceField(
        label=_("Language"),
        queryset=Locale.objects.none(),
        to_field_name="language_code",
        required=False,
    )
    section = forms.ModelChoiceField(
        label=_("Part of the site"), queryset=Page.objects.none(), required=False
    )
    mission = forms.ModelChoiceField(
        label=_("Mission"),
        queryset=Mission.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by(
            "slug"
        ),
        to_field_name="slug",
        required=False,
    )
    personne = forms.CharField(label=_("Person"), max_length=100, required=False)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["langue"]
        language.queryset = served_locales()
        section: Any = self.fields["section"]
        section.queryset = sections_of(user)

    def chosen(self) -> desk.Chosen:
        self.is_valid()
        data: dict[str, Any] = self.cleaned_data
        locale = data.get("langue")
        return desk.Chosen(
            language=locale.language_code if locale else "",
            section=data.get("section"),
            mission=data["mission"].slug if data.get("mission") else "",
            person=(data.get("personne") or "").strip(),
        )


def sections_of(user: Any) -> Any:
    """The sections this person works in, and those the site shows them: no other title is told."""
    sections = Page.objects.filter(depth=3).order_by("path").only("title", "path")
    if is_superuser(user):
        return sections
    paths = working_paths(user)
    mine = Q(pk__in=[])
    for path in paths:
        mine |= Q(path__startswith=path)
    if not sections.exclude(mine).exists():  # most of the team works everywhere
        return sections
    return sections.filter(mine | Q(pk__in=visible_to(user, sections, doors=True).values("pk")))


def number_in(query: QueryDict) -> int:
    """The page of a long list that the address asks for; what is no number is the first."""
    asked = query.get("p", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), LAST_PAGE)


def without(query: QueryDict, *names: str) -> str:
    """The query of an address, the named parts left out."""
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode()


def part_of(number: int) -> slice:
    return slice((number - 1) * A_PAGE, number * A_PAGE)


def first_of_month(query: QueryDict) -> datetime.date:
    """``mois=2026-11``; what is no month is the present one."""
    today = timezone.localdate().replace(day=1)
    try:
        asked = datetime.datetime.strptime(query.get("mois", ""), "%Y-%m").date()  # noqa: DTZ007
    except ValueError:
        return today
    return asked if 2000 <= asked.year <= 2100 else today

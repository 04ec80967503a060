"""The living page of the admin: every component and block of the site, as the site draws it.

Blocks are found where page types use them and shown from their preview values; cards from what is
published. Nothing is listed by hand that the code already knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import blocks
from wagtail.models import get_page_models

from events.models import EventPage
from resources.models import ResourcePage
from site_cocagne.core.access import visible_to
from site_cocagne.core.fields import StoryField
from site_cocagne.core.models import Mission, SiteDocument

from . import live

COLOURS = ("paper", "paper-deep", "card", "ink", "ink-soft", "line", "line-strong", "focus")
TONES = ("leaf", "carrot", "beet", "sun", "water", "plum", "meadow", "alert")
SHOWN = 3


class SampleForm(forms.Form):
    """One field of each kind, for the states of a form."""

    name = forms.CharField(label=_("Name"), help_text=_("As it should be shown."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), ("a", _("Member"))])
    message = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 3}))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """For anybody who may enter the admin: what they see of the site is what outsiders see."""
    return render(
        request,
        "home/components.html",
        {
            "colours": COLOURS,
            "tones": TONES,
            "icons": icons(),
            "emblems": Mission.Emblem.values,
            "empty_form": SampleForm(auto_id="vide_%s"),
            "wrong_form": SampleForm({"email": "pas une adresse"}, auto_id="faux_%s"),
            "statuses": event_statuses(),
            "blocks": [block.bind(block.get_preview_value()) for block in site_blocks()],
            **published(get_language() or settings.LANGUAGE_CODE),
        },
    )


def published(language_code: str) -> dict[str, Any]:
    """A few cards of what outsiders see (a constant number of queries)."""
    user = AnonymousUser()
    events = EventPage.objects.in_language(language_code)
    resources = ResourcePage.objects.in_language(language_code)
    seen = [visible_to(user, pages, doors=True).for_cards() for pages in (events, resources)]
    return {
        "events": live.mark_locked(seen[0].upcoming()[:SHOWN], user),
        "resources": live.mark_locked(seen[1].newest_first()[:SHOWN], user),
        "mission_pages": live.mission_pages(None, user)[:SHOWN],
        "partners": live.partners(None)[:SHOWN],
        "document": visible_to(user, SiteDocument.objects.all()).first(),
    }


def event_statuses() -> list[EventPage]:
    """An event in each of its states, and one that is over; none of them is saved."""
    today = timezone.localdate()
    long_ago = today.replace(year=today.year - 1, day=1)
    states = [
        EventPage(title=str(status.label), status=status, start_date=today, end_date=today)
        for status in EventPage.Status
    ]
    return [*states, EventPage(title="", start_date=long_ago, end_date=long_ago)]


def site_blocks() -> list[blocks.Block]:
    """Each kind of block that an editor can put into a page, once."""
    found: dict[type[blocks.Block], blocks.Block] = {}
    for model in get_page_models():
        for field in model._meta.get_fields():
            if isinstance(field, StoryField):
                for block in choices_of(field.stream_block):
                    found.setdefault(type(block), block)
    return [block for block in found.values() if block.is_previewable]


def choices_of(stream: blocks.StreamBlock) -> Iterator[blocks.Block]:
    for block in stream.child_blocks.values():
        if isinstance(block, blocks.StreamBlock):
            yield from choices_of(block)
        else:
            yield block


@cache
def icons() -> list[str]:
    """The names of the drawn signs, from the file that holds them."""
    sprite = settings.BASE_DIR / "site_cocagne" / "static" / "site" / "img" / "sprite.svg"
    names = re.findall(r'<symbol id="([a-z-]+)"', sprite.read_text(encoding="utf-8"))
    return [
        name for name in names if name not in Mission.Emblem.values and not name.startswith("edge")
    ]

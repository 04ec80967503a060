"""*Mon espace*: what is new for this person, their missions first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from site_cocagne.core import access
from site_cocagne.core.models import Exposure

from ..entry import referent_gardens
from ..models import User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

RESOURCES = 6
EVENTS = 4


@never_cache
@require_safe
@login_required
def space(request: HttpRequest) -> HttpResponse:
    """The person's first page. Somebody without a membership is told why, and what to do."""
    user: Any = request.user
    affiliations = list(
        user.affiliations.not_ended().select_related("garden").prefetch_related("missions")
    )
    missions = list({one.slug: one for row in affiliations for one in row.missions.all()}.values())
    context: dict[str, Any] = {
        "affiliations": affiliations,
        "missions": missions,
        "referent": bool(referent_gardens(user)),
        "member": access.is_member(user),
        "works": user.has_perm("wagtailadmin.access_admin"),
    }
    if context["member"] or context["works"]:
        slugs = [mission.slug for mission in missions]
        context["resources"] = reserved_resources(user, slugs)
        context["events"] = member_events(user, slugs)
        context["brand"] = brand_section(user)
        context["kits"] = brand_kits(user, context["brand"])
        context["calendar_url"] = address_of("events_my_calendar") if context["member"] else ""
        context["propose_url"] = address_of("events_proposals") if context["member"] else ""
    if not context["member"]:
        context["reason"], context["advice"] = user.why_closed()
    return render(request, "members/space.html", context)


def reserved_resources(user: User, missions: list[str]) -> list[Any]:
    """The newest reserved resources this person may read, those of ``missions`` first."""
    model: Any = apps.get_model("resources", "ResourcePage")
    found = access.visible_to(user, in_language(model)).filter(exposure__gt=Exposure.OPEN)
    return mine_first(found.newest_first().for_cards().with_labels(), missions, RESOURCES)


def member_events(user: User, missions: list[str]) -> list[Any]:
    """The next events for members this person may read, those of ``missions`` first."""
    model: Any = apps.get_model("events", "EventPage")
    found = access.visible_to(user, in_language(model)).filter(exposure__gt=Exposure.OPEN)
    return mine_first(found.upcoming().for_cards(), missions, EVENTS)


def brand_section(user: User) -> Any:
    """The brand section in the language of the request, if there is one."""
    model: Any = apps.get_model("resources", "BrandIndexPage")
    return access.visible_to(user, in_language(model)).first()


def brand_kits(user: User, section: Any) -> list[Any]:
    """The pages of the brand section: its rules, its kits."""
    if section is None:
        return []
    model: Any = apps.get_model("resources", "BrandPage")
    return list(access.visible_to(user, model.objects.child_of(section)).order_by("path"))


def address_of(name: str) -> str:
    """A page that another app offers to members, if it does."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def in_language(model: Any) -> Any:
    return model.objects.in_language(get_language() or "fr")


def mine_first(found: Any, missions: list[str], count: int) -> list[Any]:
    """``count`` pages: those of ``missions`` in their order, then the others in theirs."""
    mine = list(found.for_missions(missions)[:count]) if missions else []
    if len(mine) < count:
        mine += found.exclude(pk__in=[page.pk for page in mine])[: count - len(mine)]
    return mine


@require_POST
@login_required
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Log out everywhere but here."""
    user: Any = request.user
    user.end_all_sessions()
    update_session_auth_hash(request, user)
    messages.success(request, _("Every other session of your account has ended."))
    return redirect("members:profile")

"""Before pages leave the site: who links there, and where their readers should go instead."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from site_cocagne.core.access import is_superuser, working_paths

from .links import references_to

SEEN = "editorial_links_seen"
BULK = {"delete", "unpublish"}


class FarewellForm(forms.Form):
    """Where readers of the old addresses are sent, and which translations leave with the pages."""

    redirect_to = forms.ModelChoiceField(
        label=_("Send readers on to"),
        queryset=Page.objects.filter(live=True, depth__gte=2),
        required=False,
        widget=AdminPageChooser,
        help_text=_("Left empty: the old address says that the page does not exist."),
    )

    translations = forms.ModelMultipleChoiceField(
        label=_("Take offline with it"),
        queryset=Page.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Translations that stay online would have no source any more."),
    )

    def __init__(self, leaving: list[Page], user: Any, *args: Any) -> None:
        super().__init__(*args)
        self.leaving = {page.pk for page in leaving}
        self.following = following(leaving, user)
        offered: Any = self.fields["translations"]
        if self.following:
            offered.queryset = Page.objects.filter(pk__in=[each.pk for each in self.following])
            offered.initial = [each.pk for each in self.following]
            offered.label_from_instance = in_its_language
        else:
            del self.fields["translations"]

    def clean_redirect_to(self) -> Page | None:
        target: Page | None = self.cleaned_data["redirect_to"]
        if target is not None and target.pk in self.leaving:
            raise forms.ValidationError(_("This page leaves the site too: choose another."))
        return target


# --- the question ---------------------------------------------------------------------------------


@hooks.register("before_unpublish_page", order=20)
def ask_before_unpublishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    return ask(request, [page], whole=bool(request.POST.get("include_descendants")))


@hooks.register("before_delete_page", order=20)
def ask_before_deleting(request: HttpRequest, page: Page) -> HttpResponse | None:
    return ask(request, [page], whole=True)


@hooks.register("before_bulk_action", order=20)
def ask_before_many(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    pages = [each for each in objects if isinstance(each, Page)]
    if action_type not in BULK or not pages:
        return None
    whole = action_type == "delete" or bool(request.POST.get("include_descendants"))
    return ask(request, pages, whole=whole)


def ask(request: HttpRequest, pages: list[Page], *, whole: bool) -> HttpResponse | None:
    """One question more, for what readers know: published pages of their own address.

    ``whole``: what stands below leaves too.
    """
    leaving = leaving_with(pages, whole=whole)
    if request.method != "POST" or not leaving:
        return None
    seen = SEEN in request.POST
    form = FarewellForm(leaving, request.user, request.POST if seen else None)
    if seen and form.is_valid():
        remember(request, leaving, form)
        return None
    linking = references_to(*leaving)
    mine = [each for each in linking if works_on(request.user, each)]
    given = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    ours = {"csrfmiddlewaretoken", *form.fields, SEEN}
    context = {
        "page": pages[0],
        "alone": len(pages) == 1,
        "leaving": leaving,
        "linking": mine,
        "others": len(linking) - len(mine),
        "form": form,
        "given": [pair for pair in given if pair[0] not in ours],
        "seen": SEEN,
    }
    return render(request, "editorial/farewell.html", context)


def leaving_with(pages: list[Page], *, whole: bool) -> list[Page]:
    """The published pages that go when these go."""
    wanted = Q(pk__in=[page.pk for page in pages])
    if whole:
        for page in pages:
            wanted |= Q(path__startswith=page.path)
    found = Page.objects.filter(wanted, live=True, alias_of__isnull=True)
    return list(found.select_related("locale").order_by("path"))


def works_on(user: Any, page: Page) -> bool:
    """Titles of pages are shown to those who work in their section."""
    return is_superuser(user) or page.path.startswith(tuple(working_paths(user)))


def following(leaving: list[Page], user: Any) -> list[Page]:
    """Published translations of sources that leave, which this person may take offline."""
    source = Locale.get_default().pk
    keys = [page.translation_key for page in leaving if page.locale_id == source]
    others = (
        Page.objects.filter(translation_key__in=keys, live=True, alias_of=None)
        .exclude(pk__in=[page.pk for page in leaving])
        .select_related("locale")
        .order_by("path")
    )
    return [each for each in others if each.specific.permissions_for_user(user).can_unpublish()]


def in_its_language(page: Page) -> str:
    return f"{page.title} ({page.locale.get_display_name()})"


# --- what follows from the answer -------------------------------------------------------------


def remember(request: HttpRequest, leaving: list[Page], form: FarewellForm) -> None:
    """The addresses of today: a page that is deleted cannot be asked for its own."""
    addresses = [(page.pk, page.get_url_parts(request)) for page in leaving]
    answer = (
        form.cleaned_data["redirect_to"],
        addresses,
        list(form.cleaned_data.get("translations") or ()),
    )
    request._editorial_farewell = answer  # type: ignore[attr-defined]


@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
def send_readers_on(request: HttpRequest, page: Page) -> None:
    """The pages are gone: their addresses, and their translations', lead where the form said."""
    target, addresses, translations = getattr(request, "_editorial_farewell", (None, [], []))
    asked = [pk for pk, _address in addresses]
    still_there = set(Page.objects.filter(pk__in=asked, live=True).values_list("pk", flat=True))
    for pk, address in addresses:
        if pk not in still_there:
            redirect_from(address, target)
    for other in translations:
        address = other.get_url_parts(request)
        # Its text is kept, whatever becomes of the source: to delete is a decision of its own.
        UnpublishPageAction(other.specific, user=request.user).execute()
        there = target and target.get_translations().filter(locale=other.locale, live=True).first()
        redirect_from(address, there or target)


@hooks.register("after_bulk_action")
def send_readers_of_many_on(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    if action_type in BULK and objects and isinstance(objects[0], Page):
        send_readers_on(request, objects[0])


def redirect_from(address: Any, target: Page | None) -> None:
    if target is None or address is None:
        return
    site_id, _root, path = address
    Redirect.objects.update_or_create(
        old_path=Redirect.normalise_path(path),
        site=Site.objects.get(pk=site_id),
        defaults={"redirect_page": target, "is_permanent": False},
    )

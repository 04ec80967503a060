"""Before a page leaves the site: who links there, and where its readers should go instead."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from site_cocagne.core.access import is_superuser, working_paths

from .links import references_to

SEEN = "editorial_links_seen"


class RedirectForm(forms.Form):
    """Where readers who come by an old address are sent; left empty: nowhere."""

    redirect_to = forms.ModelChoiceField(
        label=_("Send readers on to"),
        queryset=Page.objects.filter(live=True, depth__gte=2),
        required=False,
        widget=AdminPageChooser,
        help_text=_("Left empty: the old address says that the page does not exist."),
    )

    def __init__(self, page: Page, *args: Any) -> None:
        super().__init__(*args)
        self.page = page

    def clean_redirect_to(self) -> Page | None:
        target: Page | None = self.cleaned_data["redirect_to"]
        if target is not None and target.path.startswith(self.page.path):
            raise forms.ValidationError(_("This page leaves the site too: choose another."))
        return target


@hooks.register("before_unpublish_page", order=20)
@hooks.register("before_delete_page", order=20)
def say_who_links_there(request: HttpRequest, page: Page) -> HttpResponse | None:
    """One question more, for what readers know: published pages of their own address."""
    if request.method != "POST" or not page.live or page.alias_of_id:
        return None
    seen = SEEN in request.POST
    form = RedirectForm(page, request.POST if seen else None)
    if seen and form.is_valid():
        return None
    linking = references_to(page)
    mine = [each for each in linking if works_on(request.user, each)]
    given = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    ours = {"csrfmiddlewaretoken", "redirect_to", SEEN}
    context = {
        "page": page,
        "linking": mine,
        "others": len(linking) - len(mine),
        "form": form,
        "given": [pair for pair in given if pair[0] not in ours],
        "seen": SEEN,
    }
    return render(request, "editorial/farewell.html", context)


def works_on(user: Any, page: Page) -> bool:
    """Titles of pages are shown to those who work in their section."""
    return is_superuser(user) or page.path.startswith(tuple(working_paths(user)))


@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
def send_readers_on(request: HttpRequest, page: Page) -> None:
    """The page is gone: its address leads where the form said."""
    if request.method != "POST" or SEEN not in request.POST:
        return
    form = RedirectForm(page, request.POST)
    address = page.get_url_parts(request)
    if not form.is_valid() or form.cleaned_data["redirect_to"] is None or address is None:
        return
    site_id, _root, path = address
    Redirect.objects.update_or_create(
        old_path=Redirect.normalise_path(path),
        site=Site.objects.get(pk=site_id),
        defaults={"redirect_page": form.cleaned_data["redirect_to"], "is_permanent": False},
    )

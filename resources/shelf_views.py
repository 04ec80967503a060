"""The pages of the shelf. Resource pages stay the same for all who read them: no cookie, no token.

Their link leads here, where a button with a token keeps the resource or puts it back.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from site_cocagne.core import access, directory
from site_cocagne.core.listing import paginate

from .models import ResourcePage, ToolboxPage
from .shelf import Favourite, kept_by, missions_of, shelf_of
from .shelf_mails import read_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

PER_PAGE = 12
NEW = 12


class ShelfForm(forms.Form):
    """What the weekly mail, and what is shown as new, are about."""

    themes = forms.MultipleChoiceField(
        label=gettext_lazy("My themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    weekly = forms.BooleanField(
        label=gettext_lazy("Write to me once a week when there is something new"), required=False
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["themes"]
        field.choices = [(theme.slug, theme.name) for theme in directory.themes(language)]


def for_members(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """After login, for members and for those who work on the toolbox."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if not (access.is_member(user) or access.is_superuser(user) or access.working_paths(user)):
            raise PermissionDenied(_("This is for members of the network."))
        return view(request, *args, **kwargs)

    return never_cache(login_required(checked))


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def shelf(request: HttpRequest) -> HttpResponse:
    """What is kept, what is new, and the choice of themes and of the mail."""
    user: Any = request.user
    language = get_language() or "fr"
    own = shelf_of(user, language)
    if request.method == "POST":
        form = ShelfForm(request.POST, language=language)
        if form.is_valid():
            own.themes = form.cleaned_data["themes"]
            own.ask_for_mail(form.cleaned_data["weekly"], language)
            own.save()
            messages.success(request, _("Your choices are kept."))
            return redirect("shelf")
    else:
        chosen = {"themes": own.themes, "weekly": own.weekly}
        form = ShelfForm(initial=chosen, language=language)
    since = own.visit()
    own.language = language  # of this page; that of the mail is set with the choice
    missions = set(missions_of(user))
    context = {
        "form": form,
        "since": since,
        "first_visit": own.came_before is None,
        "new": own.new_resources(since)[:NEW],
        "kept": paginate(kept_by(user), request, PER_PAGE),
        "missions": [one.name for one in directory.missions(language) if one.slug in missions],
        "toolbox": access.visible_to(user, ToolboxPage.objects.in_language(language)).first(),
    }
    return render(request, "resources/shelf.html", context)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keep a resource, or put it back: a page with one button, then back to the resource."""
    user: Any = request.user
    pages = access.visible_to(user, ResourcePage.objects.filter(pk=page_id))
    page: Any = get_object_or_404(pages)
    kept = Favourite.objects.filter(user=user, page=page)
    if request.method == "POST":
        if request.POST.get("action") == "remove":
            kept.delete()
            messages.success(request, _("The resource is off your shelf."))
        else:
            Favourite.objects.get_or_create(user=user, page=page)
            messages.success(request, _("The resource is on your shelf."))
        return redirect("shelf")
    return render(request, "resources/keep.html", {"resource": page, "kept": kept.exists()})


@csrf_exempt  # RFC 8058: a mail reader posts here without a page; the link itself is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the weekly mail, without a log-in. Opening the link changes nothing: filters open it."""
    own = read_token(token)
    if own is None:
        raise Http404
    if request.method == "POST":
        type(own).objects.filter(pk=own.pk).update(weekly=False, taken_at=None)
        own.weekly = False
    return render(request, "resources/shelf_stop.html", {"stopped": not own.weekly})

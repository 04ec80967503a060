"""A draft shown to somebody without an account: made, revoked, read, answered."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.log_actions import log
from wagtail.models import Page

from site_cocagne.core import access

from ..messages import tell_of_outside_word
from ..models import DraftLink, DraftOpinion

RESERVED_RIGHT = "editorial.share_reserved_draft"
DEFAULT_DAYS, MAX_DAYS = 14, 60
MAX_OPINIONS = 100
# For one reader, in no cache, in no index, and the address is told to no other site.
CLOSED = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


class ShareForm(forms.ModelForm):  # type: ignore[type-arg]
    """For whom, until when; a reserved page only with the deliberate word of *Validation*."""

    class Meta:
        model = DraftLink
        fields = ("for_whom", "ends_on", "reserved_allowed")
        widgets = {"ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, reserved: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reserved:
            self.fields["reserved_allowed"].required = True
        else:
            del self.fields["reserved_allowed"]

    def clean_ends_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["ends_on"]
        today = timezone.localdate()
        if not today <= day <= today + datetime.timedelta(days=MAX_DAYS):
            raise forms.ValidationError(
                _("Choose a day from today on, at most %(days)d days away."),
                params={"days": MAX_DAYS},
            )
        return day


class OpinionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = DraftOpinion
        fields = ("name", "word", "favourable")
        widgets = {"word": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("word") and not data.get("favourable"):
            self.add_error("word", _("Write a word, or tick the favourable opinion."))
        return data


def is_reserved_draft(page: Page, draft: Page) -> bool:
    """Reserved as it is online, by a translation, by Wagtail's restriction, or in the draft."""
    return bool(
        access.is_reserved(page)
        or not access.can_view(AnonymousUser(), page)
        or getattr(draft, "audience", "") == "members"
    )


def may_share(user: Any, page: Page) -> bool:
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() or permissions.holds_publish_right())


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, page_id: int) -> HttpResponse:
    """The addresses of a page's drafts: those there are, what was said, and a new one."""
    page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=page_id).specific
    if not may_share(request.user, page):
        raise PermissionDenied
    revision = page.get_latest_revision()
    reserved = is_reserved_draft(page, revision.as_object() if revision else page)
    allowed = not reserved or request.user.has_perm(RESERVED_RIGHT)
    first = {"ends_on": timezone.localdate() + datetime.timedelta(days=DEFAULT_DAYS)}
    form = ShareForm(reserved, request.POST or None, initial=first)
    if request.method == "POST":
        if not allowed or revision is None:
            raise PermissionDenied
        if form.is_valid():
            form.instance.page, form.instance.revision = page, revision
            form.instance.created_by = request.user
            link = form.save()
            log(
                instance=page,
                action="editorial.share",
                user=request.user,
                data={"comment": f"{link.for_whom} ({link.ends_on.isoformat()})"},
                revision=revision,
            )
            messages.success(request, _now("The address is made: copy it from the list."))
            return redirect("editorial:share", page.pk)
    links = DraftLink.objects.filter(page_id=page.pk).select_related("created_by", "revision")
    rows = [
        {"link": link, "url": request.build_absolute_uri(address_of(link)), "open": link.is_open()}
        for link in links.prefetch_related("opinions").order_by("-created_at")
    ]
    context = {
        "page": page,
        "form": form,
        "rows": rows,
        "reserved": reserved,
        "allowed": allowed,
        "revision": revision,
    }
    answer = render(request, "editorial/share.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def address_of(link: DraftLink) -> str:
    return reverse("editorial_draft", args=[link.token])


@require_POST
def revoke(request: HttpRequest, link_id: int) -> HttpResponse:
    """The address opens no more from this moment."""
    link = get_object_or_404(DraftLink.objects.select_related("page"), pk=link_id)
    page = link.page.specific
    if not may_share(request.user, page):
        raise PermissionDenied
    link.revoke()
    log(
        instance=page,
        action="editorial.share_end",
        user=request.user,
        data={"comment": link.for_whom},
    )
    return redirect("editorial:share", page.pk)


# --- the reader's side ----------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The revision under its banner, as an outsider would see it; forged addresses are no page.

    An address that is over, or whose page became reserved since, says so and shows nothing.
    """
    link = DraftLink.objects.read(token)
    if link is None:
        raise Http404
    shown = link.revision.as_object()
    closed = is_reserved_draft(link.page.specific, shown) and not link.reserved_allowed
    if closed or not link.is_open():
        return with_headers(render(request, "editorial/draft_over.html", status=410))
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep(link, form)
        return with_headers(redirect(f"{address_of(link)}?merci=1"))
    banner = render_to_string(
        "editorial/draft_banner.html",
        {"link": link, "form": form, "thanks": "merci" in request.GET},
        request,
    )
    return with_headers(under_banner(request, shown, banner))


def keep(link: DraftLink, form: OpinionForm) -> None:
    """A comment in the history of the page, once: the same words sent again change nothing."""
    said = form.cleaned_data
    if link.opinions.filter(**said).exists() or link.opinions.count() >= MAX_OPINIONS:
        return
    form.instance.link = link
    form.save()
    word = said["word"] or _now("favourable opinion")
    log(
        instance=link.page.specific,
        action="editorial.outside_opinion",
        data={"comment": f"{said['name']} – {word}"},
        revision=link.revision,
    )
    tell_of_outside_word(link, said["name"], said_in_full(said))


def said_in_full(said: dict[str, Any]) -> str:
    """The word and the favourable opinion, whichever there is."""
    favourable = _now("favourable opinion") if said["favourable"] else ""
    return "\n".join(part for part in (favourable, said["word"]) if part)


def under_banner(request: HttpRequest, shown: Page, banner: str) -> HttpResponse:
    """The page's own template, drawn for nobody in particular, with the banner at its top."""
    outsider = HttpRequest()
    outsider.__dict__.update(request.__dict__)
    outsider.method, outsider.user = "GET", AnonymousUser()
    outsider.is_preview = True  # type: ignore[attr-defined]
    answer: Any = shown.serve(outsider)
    if hasattr(answer, "render"):
        answer = answer.render()
    text = answer.content.decode()
    put = re.sub(r"<body[^>]*>", lambda found: found.group(0) + banner, text, count=1)
    return HttpResponse(put)


def with_headers(answer: HttpResponse) -> HttpResponse:
    for name, value in CLOSED.items():
        answer[name] = value
    return answer

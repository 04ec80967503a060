"""A section for an outside translator: a file that leaves, and the file that comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Locale, Page

from site_cocagne.core.languages import languages_of_translation

from .. import roundtrip
from ..translations import require_edit
from ..translations_matrix import pages_of
from .translations import require_submit


class WayForm(forms.Form):
    """Which section, which language."""

    section = forms.ModelChoiceField(label=_("Section to translate"), queryset=Page.objects.none())
    langue = forms.ModelChoiceField(
        label=_("Language"), queryset=Locale.objects.none(), to_field_name="language_code"
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.queryset = pages_of(user).filter(live=True).order_by("path")
        section.label_from_instance = indented
        language: Any = self.fields["langue"]
        language.queryset = languages_of_translation()
        if len(language.queryset) == 1:
            language.empty_label = None


class BackForm(WayForm):
    """The file, and what is to become of its drafts."""

    fichier = forms.FileField(label=_("PO file"))
    relecture = forms.BooleanField(
        label=_("Send the drafts to review"), required=False, initial=False
    )


def indented(page: Page) -> str:
    return f"{'– ' * (page.depth - 2)}{page.title}"


@require_http_methods(["GET", "HEAD", "POST"])
def file_of_section(request: HttpRequest) -> HttpResponse:
    """The screen; posted to, the file that comes back."""
    require_submit(request.user)
    if request.method != "POST":
        return screen(request, WayForm(request.user), BackForm(request.user))
    form = BackForm(request.user, request.POST, request.FILES)
    context: dict[str, Any] = {}
    if form.is_valid():
        section, upload = form.cleaned_data["section"], form.cleaned_data["fichier"]
        require_edit(request.user, section.specific)
        try:
            context["report"] = roundtrip.take_back(
                upload.read(roundtrip.LARGEST + 1),
                section,
                form.cleaned_data["langue"],
                request.user,
                submit=form.cleaned_data["relecture"],
            )
        except roundtrip.RefusedError as refusal:
            for fault in refusal.faults:
                form.add_error("fichier", fault)
            if refusal.more:
                form.add_error("fichier", _now("… and %d more.") % refusal.more)
    return screen(request, WayForm(request.user), form, **context)


@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """The file that leaves. It is a POST: pages without a translation get a draft."""
    require_submit(request.user)
    form = WayForm(request.user, request.POST)
    if not form.is_valid():
        return screen(request, form, BackForm(request.user))
    section, locale = form.cleaned_data["section"], form.cleaned_data["langue"]
    require_edit(request.user, section.specific)
    out = roundtrip.export(section, locale, request.user)
    if not out.pages:
        return screen(request, form, BackForm(request.user), left_out=out.left_out)
    for line in out.left_out:  # the answer is a file: said on the screen that is opened next
        messages.warning(request, _now("Not in the file: %s") % line)
    name = f"{slugify(section.slug)}-{locale.language_code}.po"
    return HttpResponse(
        out.text,
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def screen(request: HttpRequest, way: WayForm, back: BackForm, **context: Any) -> HttpResponse:
    context |= {"heading": _now("Translate a section elsewhere"), "icon": "globe"}
    return render(request, "editorial/roundtrip.html", {"way": way, "back": back, **context})

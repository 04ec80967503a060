"""The matrix of translations, and its two clicks: begin a translation, bring one up to date."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from ..translations import require_edit
from ..translations_matrix import State, rows
from .desk import require_desk

SUBMIT = "wagtail_localize.submit_translation"
A_PAGE = 100


class MatrixFilter(forms.Form):
    """A language and a state. What is not valid is left out, and said."""

    langue = forms.ModelChoiceField(
        label=_("Language"),
        queryset=Locale.objects.all(),
        to_field_name="language_code",
        required=False,
    )
    etat = forms.ChoiceField(
        label=_("State"), choices=[("", _("all")), *State.choices], required=False
    )


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Page × language, filtered by the address."""
    require_desk(request.user)
    form = MatrixFilter(request.GET)
    form.is_valid()
    locale, state = form.cleaned_data.get("langue"), form.cleaned_data.get("etat") or ""
    found = rows(request.user, locale, state)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "rows": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "count": len(found),
        "locales": [cell.locale for cell in found[0].cells] if found else [],
        "may_submit": request.user.has_perm(SUBMIT),
        "query": query.urlencode(),
    }
    return render(request, "editorial/translations.html", context)


def require_submit(user: Any) -> None:
    require_desk(user)
    if not user.has_perm(SUBMIT):
        raise PermissionDenied


@require_POST
def begin(request: HttpRequest, page_id: int, locale_id: int) -> HttpResponse:
    """Submit a page for translation: a draft in that language, French until it is translated."""
    require_submit(request.user)
    page: Any = get_object_or_404(Page, pk=page_id, depth__gte=2).specific
    locale = get_object_or_404(Locale, pk=locale_id)
    require_edit(request.user, page)
    parent = page.get_parent()
    if locale.pk == page.locale_id or page.has_translation(locale):
        messages.warning(request, _now("This page exists in that language."))
    elif parent.depth > 1 and not parent.has_translation(locale):
        messages.error(request, _now("Translate the page above first."))
    else:
        with transaction.atomic():
            source, _created = TranslationSource.update_or_create_from_instance(page)
            made, _created = Translation.objects.get_or_create(
                source=source, target_locale=locale, defaults={"enabled": True}
            )
            save(request, made)
        return redirect("wagtailadmin_pages:edit", page.get_translation(locale).pk)
    return redirect("editorial:translations")


@require_POST
def sync(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Bring a translation up to date with its source, as a draft."""
    require_submit(request.user)
    translation = get_object_or_404(Translation, pk=translation_id, enabled=True)
    source = translation.source.object.get_instance_or_none(translation.source.locale)
    if source is None:
        messages.error(request, _now("The source was deleted: there is nothing to follow."))
        return redirect("editorial:translations")
    require_edit(request.user, source.specific if isinstance(source, Page) else source)
    with transaction.atomic():
        translation.source.update_from_db()
        if save(request, translation):
            messages.success(request, _now("Brought up to date, as a draft to translate."))
    return redirect("editorial:translations")


def save(request: HttpRequest, translation: Translation) -> bool:
    """Save the target as a draft; what does not pass is said, and nothing is saved."""
    try:
        with transaction.atomic():
            translation.save_target(user=request.user, publish=False)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    return True

"""The matrix of translations, and its two clicks: begin a translation, bring one up to date."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from site_cocagne.core.languages import languages_of_translation

from .. import translation_sync
from ..translations import require_edit
from ..translations_matrix import State, rows
from .filters import require_desk, without

SUBMIT = "wagtail_localize.submit_translation"
A_PAGE = 100


class MatrixFilter(forms.Form):
    """A language and a state. What is not valid is left out, and said."""

    langue = forms.ModelChoiceField(
        label=_("Language"),
        queryset=Locale.objects.none(),
        to_field_name="language_code",
        required=False,
        empty_label=_("all languages"),
    )
    etat = forms.ChoiceField(
        label=_("State"), choices=[("", _("all")), *State.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["langue"]
        language.queryset = languages_of_translation()


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Page × language, filtered by the address."""
    require_desk(request.user)
    form = MatrixFilter(request.GET)
    form.is_valid()
    locale, state = form.cleaned_data.get("langue"), form.cleaned_data.get("etat") or ""
    everything = rows(request.user, locale)
    numbers = Counter(each for row in everything for cell in row.cells for each in cell.states)
    found = [row for row in everything if row.shows(state)]
    context = {
        "heading": _now("Translations"),
        "icon": "globe",
        "form": form,
        "rows": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "count": len(found),
        "locales": [cell.locale for cell in found[0].cells] if found else [],
        "states": [(each.value, each.label, numbers[each]) for each in State],
        "chosen": state,
        "without_state": without(request.GET, "page", "etat"),
        "may_submit": request.user.has_perm(SUBMIT),
        "query": without(request.GET, "page"),
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
    locale = get_object_or_404(languages_of_translation(), pk=locale_id)
    require_edit(request.user, page)
    parent = page.get_parent()
    if locale.pk == page.locale_id or page.has_translation(locale):
        messages.warning(request, _now("This page exists in that language."))
    elif parent.depth > 1 and not parent.has_translation(locale):
        messages.error(request, _now("Translate the page above first."))
    else:
        try:
            translation_sync.begin(page, locale, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            return redirect("wagtailadmin_pages:edit", page.get_translation(locale).pk)
    return redirect("editorial:translations")


@require_POST
def sync(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Bring the translations of a page up to date with it, as drafts; all of them or none."""
    require_submit(request.user)
    translation = get_object_or_404(Translation, pk=translation_id, enabled=True)
    source = translation.source.object.get_instance_or_none(translation.source.locale)
    if source is None:
        messages.error(request, _now("The source was deleted: there is nothing to follow."))
        return redirect("editorial:translations")
    require_edit(request.user, source.specific if isinstance(source, Page) else source)
    try:
        translation_sync.bring_up_to_date(translation.source, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _now("Brought up to date, as a draft to translate."))
    return redirect("editorial:translations")

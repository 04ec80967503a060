"""wagtail-localize's views, guarded: a translation is reviewed like any page.

As they come, one right held over the whole site submits pages of sections one may not edit, and
publishes translations that nobody read (docs/decisions/editorial-workflow.md).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitTranslationForm,
)
from wagtail_localize.views.update_translations import (
    UpdateTranslationsForm,
    UpdateTranslationsView,
)

from site_cocagne.core.languages import languages_of_translation

from .translation_sync import bring_up_to_date


def require_edit(user: Any, instance: Any) -> None:
    """A page: the right to edit it. A snippet: Wagtail's own right to change it."""
    if isinstance(instance, Page):
        allowed = instance.permissions_for_user(user).can_edit()
    else:
        opts = instance._meta
        allowed = user.has_perm(f"{opts.app_label}.change_{opts.model_name}")
    if not allowed:
        raise PermissionDenied


class GuardedSubmitPageTranslationView(SubmitPageTranslationView):
    """One page at a time, by somebody who may edit it.

    Without synchronised trees a whole section translated at once leaves children that cannot be
    reached, so that choice is not offered and not heard.
    """

    def get_object(self) -> Page:
        page: Page = super().get_object()
        require_edit(self.request.user, page)
        return page

    def get_form(self) -> SubmitTranslationForm:
        form: SubmitTranslationForm = super().get_form()
        form.fields["include_subtree"].disabled = True
        form.fields["include_subtree"].initial = False
        form.fields["include_subtree"].widget = form.fields["include_subtree"].hidden_widget()
        form.fields["locales"].queryset = self.reachable(form.fields["locales"].queryset)
        return form

    def reachable(self, locales: Any) -> Any:
        """Languages that the page above has: Wagtail would put up copies of it in French."""
        locales = locales.filter(pk__in=languages_of_translation().values("pk"))
        parent = self.object.get_parent()
        if parent.depth == 1:
            return locales
        there = parent.get_translations(inclusive=True).values("locale_id")
        return locales.filter(pk__in=there)


class GuardedUpdateTranslationsView(UpdateTranslationsView):
    """Brings translations up to date as drafts; *publish immediately* does not exist."""

    def get_object(self) -> Any:
        source = super().get_object()
        require_edit(self.request.user, source.get_source_instance())
        return source

    def get_form(self) -> UpdateTranslationsForm:
        form: UpdateTranslationsForm = super().get_form()
        if self.publishes_pages():
            field = form.fields["publish_translations"]
            field.disabled, field.initial = True, False
            field.widget = field.hidden_widget()
        return form

    def form_valid(self, form: UpdateTranslationsForm) -> HttpResponse:
        """Pages: every translation gets a draft. wagtail-localize would renew its copy alone."""
        if not self.publishes_pages():
            return self.snippets_valid(form)
        try:
            bring_up_to_date(self.object, self.request.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url() or self.get_default_success_url())

    def snippets_valid(self, form: UpdateTranslationsForm) -> HttpResponse:
        """An entry of the directory has no drafts; one that does not pass is said."""
        response: HttpResponse = super().form_valid(form)
        return response

    def publishes_pages(self) -> bool:
        return isinstance(self.object.get_source_instance(), Page)


def refuse_conversion(request: HttpRequest, page_id: int) -> HttpResponse:
    """An alias shows the words of its source at once, unread, in the wrong language."""
    raise PermissionDenied(
        _("A translation cannot become a copy of its source here: unpublish or delete it.")
    )

"""wagtail-localize's views, guarded: a translation is reviewed like any page.

As they come, one right held over the whole site submits pages of sections one may not edit, and
publishes translations that nobody read (docs/decisions/editorial-workflow.md).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
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

    def publishes_pages(self) -> bool:
        return isinstance(self.object.get_source_instance(), Page)


def refuse_conversion(request: HttpRequest, page_id: int) -> HttpResponse:
    """An alias shows the words of its source at once, unread, in the wrong language."""
    raise PermissionDenied(
        _("A translation cannot become a copy of its source here: unpublish or delete it.")
    )

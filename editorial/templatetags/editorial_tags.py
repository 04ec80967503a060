"""What templates of the admin ask the editorial desk."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.menus.pages import get_page_header_buttons
from wagtail.admin.widgets.button import ButtonWithDropdown, HeaderButton
from wagtail.models import Page

from ..buttons import StepButton

register = template.Library()


@register.simple_tag
def translation_buttons(page: Page, user: Any, next_url: str) -> list[Component]:
    """The buttons in the head of the translation editor, which Wagtail's editor puts there itself.

    Submitting and answering are seen at once, since that editor has no other buttons for them; the
    rest is under the three dots, as everywhere.
    """
    found = get_page_header_buttons(page, user, next_url=next_url, view_name="edit")
    steps = [button for button in found if isinstance(button, StepButton)]
    shown: list[Component] = [
        HeaderButton(step.label, step.url, icon_name=step.icon_name) for step in sorted(steps)
    ]
    rest = [button for button in found if button not in steps]
    if rest:
        shown.append(
            ButtonWithDropdown(
                buttons=rest,
                icon_name="dots-horizontal",
                attrs={"aria-label": _("Actions")},
                classname="w-h-slim-header",
            )
        )
    return shown

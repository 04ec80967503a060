"""What the team sets for the whole newsletter."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="mail", order=120)
class NewsletterSettings(BaseSiteSetting):
    """Guard of the sign-up form, and who the mails come from."""

    sender = models.CharField(
        _("sender"),
        max_length=200,
        blank=True,
        help_text=_("For example: Réseau Cocagne <lettre@example.org>. Empty: the site’s own."),
    )
    reply_to = models.EmailField(_("answers go to"), blank=True)
    proof_of_work = models.BooleanField(
        _("make each sign-up cost a calculation"),
        default=False,
        help_text=_(
            "The reader’s browser calculates for about a second (ALTCHA). Switch it on during an "
            "attack. Without script a second step takes its place, and fewer sign-ups are taken."
        ),
    )
    refused_domains = models.TextField(
        _("refused domains"),
        blank=True,
        help_text=_(
            "One a line, beside the list of throw-away addresses that comes with the site."
        ),
    )

    panels = [
        FieldPanel("sender"),
        FieldPanel("reply_to"),
        FieldPanel("proof_of_work"),
        FieldPanel("refused_domains"),
    ]

    class Meta:
        verbose_name = _("newsletter")

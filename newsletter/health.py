"""What the newsletter adds to *État du site*: the age of its queues."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, Q
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from site_cocagne.core import health
from site_cocagne.core.health import Finding
from site_cocagne.core.signals import reporting_health

from .models import Outgoing, ProviderUpdate


@receiver(reporting_health, dispatch_uid="newsletter.health")
def look(sender: Any, **kwargs: Any) -> list[Finding]:
    """Mails that are due, and what the provider was not told yet.

    A letter planned for later, or an update put off, is not late before its own moment.
    """
    found = []
    for name, label, model in (
        ("letters", _("Mails of the newsletter"), Outgoing),
        ("provider", _("Copy kept by the newsletter’s provider"), ProviderUpdate),
    ):
        due = Q(state=model.State.QUEUED, not_before__lte=timezone.now())
        figures = model._default_manager.aggregate(
            waiting=Count("pk", filter=due), oldest=Min("not_before", filter=due)
        )
        found.append(health.queue(name, label, figures["waiting"], figures["oldest"]))
    return found

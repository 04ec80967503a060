"""How long what people gave is kept, and its end."""

from __future__ import annotations

import datetime

from axes.models import AccessAttempt
from django.db import transaction
from django.utils import timezone

from .models import AccessRequest, GardenImport, Invitation

# The request form says so to whoever fills it in.
REQUESTS_KEPT = datetime.timedelta(days=365)
INVITATIONS_KEPT = datetime.timedelta(days=365)
UNUSED_FILES_KEPT = datetime.timedelta(days=30)
FAILED_LOGINS_KEPT = datetime.timedelta(days=90)


@transaction.atomic
def purge(now: datetime.datetime | None = None) -> dict[str, int]:
    """Delete what is past its time; how many of each were deleted, by name.

    Asked twice, the second call finds nothing. An invitation that was accepted goes as well:
    the affiliation it made stays, with its own dates.
    """
    now = now or timezone.now()
    old = {
        "access requests": AccessRequest.objects.filter(created_at__lt=now - REQUESTS_KEPT),
        "invitations": Invitation.objects.filter(sent_at__lt=now - INVITATIONS_KEPT),
        "files of gardens never applied": GardenImport.objects.filter(
            applied_at__isnull=True, made_at__lt=now - UNUSED_FILES_KEPT
        ),
        "failed logins": AccessAttempt.objects.filter(attempt_time__lt=now - FAILED_LOGINS_KEPT),
    }
    return {name: rows.delete()[1].get(rows.model._meta.label, 0) for name, rows in old.items()}

"""Rights that belong to no table."""

from __future__ import annotations

from django.db import models


class EditorialRight(models.Model):  # noqa: DJ008 (no rows to print)
    """Carries the rights of the editorial desk; it has no table and no rows."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("publish_in_emergency", "Can publish in an emergency, with a reason"),
            ("use_desk", "Can see the editorial desk"),
            ("share_reserved_draft", "Can show the draft of a reserved page to an outsider"),
        ]

"""Rights that belong to no table."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class EditorialRight(models.Model):
    """Carries the rights of the editorial desk; it has no table and no rows."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions: ClassVar[list[tuple[str, str]]] = [
            ("publish_in_emergency", "Can publish in an emergency, with a reason"),
            ("use_desk", "Can see the editorial desk"),
            ("share_reserved_draft", "Can show the draft of a reserved page to an outsider"),
        ]

"""What core tells the apps that stand on it, without knowing them."""

from __future__ import annotations

from django.dispatch import Signal

# A revision of a page was saved. Sent with ``page``, ``revision`` and ``previous``: the content
# of the revision before it (or of this one, when a draft was written over), or None.
revision_saved = Signal()

# An editor asks for review. Sent with ``form`` (valid so far) and ``page`` as it would be saved;
# each receiver gives a list of (field name or None, message), shown at the field.
checking_submission = Signal()

# The readiness address asks. Each receiver gives (name of the check, None or what is wrong).
checking_readiness = Signal()

# Somebody asks for what is kept of them. Sent with ``user``; each receiver gives a dictionary of
# plain values, added to the others.
exporting_person = Signal()

# Somebody's account loses its name. Sent with ``user``; receivers delete what is theirs alone.
forgetting_person = Signal()

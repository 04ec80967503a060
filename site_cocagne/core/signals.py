"""What core tells the apps that stand on it, without knowing them."""

from __future__ import annotations

from django.dispatch import Signal

# A revision of a page was saved. Sent with ``page``, ``revision`` and ``previous``: the content
# of the revision before it (or of this one, when a draft was written over), or None.
revision_saved = Signal()

# An editor asks for review. Sent with ``form`` (valid so far) and ``page`` as it would be saved;
# each receiver gives a list of faults with ``field``, ``row``, ``message`` and ``blocks``; one
# that does not block lets pass who says why.
checking_submission = Signal()

# The readiness address asks. Each receiver gives (name of the check, None or what is wrong).
checking_readiness = Signal()

# *État du site*, the alarms and the figures ask. Each receiver gives a list of ``health.Finding``.
reporting_health = Signal()

# The index of the search is written anew. Each receiver does the same for what it keeps in step
# with what is published, and gives a sentence for whoever asked.
rebuilding_index = Signal()

# Somebody asks for what is kept of them. Sent with ``user``; each receiver gives a dictionary of
# plain values, added to the others.
exporting_person = Signal()

# Somebody's account loses its name. Sent with ``user``; receivers delete what is theirs alone.
forgetting_person = Signal()

# Somebody must be told something by mail. Sent with ``user``, ``subject`` and ``text``; the
# receiver writes it to an outbox that loses nothing while the mail server is down.
telling_person = Signal()

# A page is about to be kept whole. Sent with ``now``; each receiver gives the next moment at which
# what it shows changes by itself, or None.
asking_next_change = Signal()

# A page that was kept whole is handed out. Sent with ``page_id`` and ``request``.
page_handed_out = Signal()

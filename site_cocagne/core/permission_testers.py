"""Who may do what to a page in the admin (style rule 11)."""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class SitePagePermissionTester(PagePermissionTester):
    """Nobody publishes alone: Wagtail's own ways to publish are closed to everybody.

    A page goes online when the last step of its workflow is approved by somebody who did not
    write the latest change, or through the emergency publication, which asks for a reason.
    Both ask ``holds_publish_right`` and then publish without asking this tester again. So the
    button, the bulk action, a crafted POST, a copy made public, a translation and the admin's
    API all find the same closed door, for superusers too.
    """

    def holds_publish_right(self) -> bool:
        """Was the right to publish given to this person for this part of the tree?"""
        return bool(super().can_publish())

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return self.holds_publish_right()

    def can_unschedule(self) -> bool:
        return self.holds_publish_right()

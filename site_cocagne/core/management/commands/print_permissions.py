"""Every role, every action, every section: worked out by asking, not by reading ``roles.py``."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import GroupApprovalTask, Page

from site_cocagne.core.sections import section_pages
from site_cocagne.roles import ROLES, Section

ACTIONS = (
    ("write", "can_add_subpage"),
    ("edit", "can_edit"),
    ("submit", "can_submit"),
    ("approve", "can_approve"),
    ("publish alone", "can_publish"),
    ("publish in an emergency", "can_publish_in_emergency"),
    ("take offline", "can_unpublish"),
    ("delete what is online", "can_delete"),
    ("restrict", "can_set_view_restrictions"),
    ("lock", "can_lock"),
    ("unlock", "can_unlock"),
)
EMERGENCY = "editorial.publish_in_emergency"


class Command(BaseCommand):
    help = "Print what each role may do in each section, as the site answers it now."

    def handle(self, *args: Any, **options: Any) -> None:
        for line in as_text(permission_table()):
            self.stdout.write(line)


@transaction.atomic
def permission_table() -> dict[tuple[str, str], dict[str, bool]]:
    """(section, action) → role → allowed. Somebody of each role is made, asked, and undone."""
    table: dict[tuple[str, str], dict[str, bool]] = {}
    for role in ROLES:
        somebody = get_user_model()._default_manager.create(email=f"{hash(role.name)}@invalid")
        somebody.groups.add(*Group.objects.filter(name=role.name))
        for section in Section:
            page = next(iter(section_pages(section)), None)
            for action, question in ACTIONS:
                row = table.setdefault((section.value, action), {})
                row[role.name] = page is not None and answer(somebody, page, question)
    transaction.set_rollback(True)
    return table


def answer(somebody: Any, page: Page, question: str) -> bool:
    tester = page.permissions_for_user(somebody)
    if question == "can_submit":
        return bool(tester.can_edit() and tester.can_submit_for_moderation())
    if question == "can_approve":
        return any(asks(task, somebody) for task in tasks_over(page))
    if question == "can_publish_in_emergency":
        return bool(somebody.has_perm(EMERGENCY) and tester.holds_publish_right())
    return bool(getattr(tester, question)())


def tasks_over(page: Page) -> list[GroupApprovalTask]:
    workflow = page.get_workflow()
    return list(workflow.tasks.specific()) if workflow else []


def asks(task: Any, somebody: Any) -> bool:
    return bool(task.groups.filter(pk__in=somebody.groups.values("pk")).exists())


def as_text(table: dict[tuple[str, str], dict[str, bool]]) -> list[str]:
    """One line an action, one column a role."""
    first = max(len(f"{section}: {action}") for section, action in table)
    names = [role.name for role in ROLES]
    lines = [" " * first + "  " + "  ".join(names)]
    for (section, action), row in table.items():
        marks = "  ".join(("oui" if row[name] else "·").center(len(name)) for name in names)
        lines.append(f"{section}: {action}".ljust(first) + "  " + marks)
    return lines

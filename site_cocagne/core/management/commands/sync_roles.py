"""Put the roles of ``site_cocagne/roles.py`` in place: exact for what it declares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
)

from site_cocagne.core.sections import section_pages
from site_cocagne.core.workflow_sync import sync_workflow
from site_cocagne.roles import RETIRED_GROUPS, RETIRED_WORKFLOWS, ROLES, WORKFLOWS, Role

# Wagtail asks for the rights over its own models of files, whichever models take their place.
FILE_MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"))


class Command(BaseCommand):
    help = "Put the rights and workflows of roles.py in place exactly, and print what changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 where something differs"
        )

        parser.add_argument(
            "--summary", action="store_true", help="print the number of changes, not each one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.changes: list[str] = []
        with transaction.atomic():
            for role in ROLES:
                self.sync_role(role)
            self.retire()
            for review in WORKFLOWS:
                self.changes += sync_workflow(review)
            if options["check"]:
                transaction.set_rollback(True)
        for change in [] if options["summary"] else self.changes:
            self.stdout.write(f"  {change}")
        if options["check"] and self.changes:
            raise CommandError(f"{len(self.changes)} differences from roles.py.")
        outcome = f"{len(self.changes)} changes" if self.changes else "as declared"
        self.stdout.write(f"{len(ROLES)} roles, {len(WORKFLOWS)} workflows, {outcome}.")

    def sync_role(self, role: Role) -> None:
        group, created = Group.objects.get_or_create(name=role.name)
        if created:
            self.changes.append(f"+ group {role.name}")
        self.sync_permissions(group, role.permissions)
        self.sync_pages(group, role)
        self.sync_files(group, role.files)

    def sync_permissions(self, group: Group, labels: Iterable[str]) -> None:
        wanted = {permission(label) for label in labels}
        held = set(group.permissions.select_related("content_type"))
        for extra in held - wanted:
            group.permissions.remove(extra)
            self.changes.append(f"- {group.name}: {name_of(extra)}")
        for missing in wanted - held:
            group.permissions.add(missing)
            self.changes.append(f"+ {group.name}: {name_of(missing)}")

    def sync_pages(self, group: Group, role: Role) -> None:
        wanted = {
            (page, permission(f"wagtailcore.{action}_page"))
            for section, actions in role.pages.items()
            for page in section_pages(section)
            for action in actions
        }
        rows = GroupPagePermission.objects.filter(group=group).select_related("page", "permission")
        held = {(row.page, row.permission): row for row in rows}
        for key in held.keys() - wanted:
            held[key].delete()
            self.changes.append(f"- {group.name}: {key[1].codename} on « {key[0]} »")
        for page, right in wanted - held.keys():
            GroupPagePermission.objects.create(group=group, page=page, permission=right)
            self.changes.append(f"+ {group.name}: {right.codename} on « {page} »")

    def sync_files(self, group: Group, actions: tuple[str, ...]) -> None:
        root = Collection.get_first_root_node()
        wanted = {
            (root, permission(f"{app}.{action}_{model}"))
            for action in actions
            for app, model in FILE_MODELS
        }
        rows = GroupCollectionPermission.objects.filter(group=group).select_related(
            "collection", "permission"
        )
        held = {(row.collection, row.permission): row for row in rows}
        for key in held.keys() - wanted:
            held[key].delete()
            self.changes.append(f"- {group.name}: {key[1].codename} on files of « {key[0]} »")
        for collection, right in wanted - held.keys():
            GroupCollectionPermission.objects.create(
                group=group, collection=collection, permission=right
            )
            self.changes.append(f"+ {group.name}: {right.codename} on files of « {collection} »")

    def retire(self) -> None:
        """Take away what Wagtail's own migrations gave; people in such a group keep the group."""
        for group in Group.objects.filter(name__in=RETIRED_GROUPS):
            self.sync_permissions(group, ())
            self.sync_pages(group, Role(name=group.name))
            self.sync_files(group, ())
            if not group.user_set.exists():
                group.delete()
                self.changes.append(f"- group {group.name}")
        for workflow in Workflow.objects.filter(name__in=RETIRED_WORKFLOWS, active=True):
            workflow.active = False
            workflow.save(update_fields=["active"])
            workflow.workflow_pages.all().delete()
            self.changes.append(f"- workflow {workflow.name}")


def permission(label: str) -> Permission:
    """The permission of that name (``app_label.codename``), with a clear error where none is."""
    app_label, codename = label.split(".")
    try:
        return Permission.objects.select_related("content_type").get(
            content_type__app_label=app_label, codename=codename
        )
    except Permission.DoesNotExist as error:
        raise CommandError(
            f"roles.py names the permission {label}, which does not exist."
        ) from error


def name_of(right: Permission) -> str:
    return f"{right.content_type.app_label}.{right.codename}"

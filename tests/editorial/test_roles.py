"""Roles and workflows as data, and the table of who may do what."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.models import HomePage
from site_cocagne import roles
from site_cocagne.core.management.commands.print_permissions import as_text, permission_table
from tests import factories


def sync(**options: Any) -> str:
    said = io.StringIO()
    call_command("sync_roles", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def in_place(home: HomePage) -> None:
    factories.brand(home)
    sync()


def steps(name: str) -> list[str]:
    return [task.name for task in Workflow.objects.get(name=name).tasks]


def test_the_two_workflows_are_laid_over_their_sections(in_place: None, home: HomePage) -> None:
    assert steps("Relecture") == ["Avis métier", "Validation"]
    assert steps("Marque") == ["Validation", "Marque"]
    page = factories.brand(home)
    assert page.get_workflow().name == "Marque"
    assert home.get_workflow().name == "Relecture"


def test_a_second_run_changes_nothing(in_place: None) -> None:
    assert "as declared" in sync()
    assert "as declared" in sync(check=True)


def more_rights() -> None:
    Group.objects.get(name="Rédaction").permissions.add(
        Permission.objects.get(codename="submit_translation")
    )


def fewer_rights() -> None:
    GroupPagePermission.objects.filter(group__name="Validation").first().delete()


def steps_the_other_way_round() -> None:
    first, second = WorkflowTask.objects.filter(workflow__name="Marque").order_by("sort_order")
    WorkflowTask.objects.filter(pk=first.pk).update(sort_order=second.sort_order + 1)


def a_step_less() -> None:
    WorkflowTask.objects.filter(task__name="Marque").delete()


def another_group() -> None:
    task = Workflow.objects.get(name="Relecture").tasks.get(name="Validation").specific
    task.groups.add(Group.objects.get(name="Rédaction"))


def no_pages() -> None:
    WorkflowPage.objects.all().delete()


def switched_off() -> None:
    Workflow.objects.filter(name="Relecture").update(active=False)


@pytest.mark.parametrize(
    "tamper",
    [
        *(more_rights, fewer_rights, steps_the_other_way_round, a_step_less),
        *(another_group, no_pages, switched_off),
    ],
)
def test_check_says_what_differs_and_changes_nothing(in_place: None, tamper: Any) -> None:
    tamper()
    with pytest.raises(CommandError, match="difference"):
        sync(check=True)
    with pytest.raises(CommandError):
        sync(check=True)
    sync()
    assert "as declared" in sync(check=True)


def test_what_is_not_declared_is_left_alone(in_place: None) -> None:
    other = Group.objects.create(name="Stagiaires")
    other.permissions.add(Permission.objects.get(codename="access_admin"))
    workflow = Workflow.objects.create(name="Un autre")
    assert "as declared" in sync()
    assert other.permissions.count() == 1
    assert Workflow.objects.get(pk=workflow.pk).active


def test_what_wagtail_made_by_itself_is_retired(in_place: None, home: HomePage) -> None:
    """Its groups go, but one that has people stays, without a right; its workflow is off."""
    somebody = factories.user()
    publish = Permission.objects.get(codename="publish_page")
    for name in ("Editors", "Moderators"):
        group = Group.objects.create(name=name)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        GroupPagePermission.objects.create(group=group, page=home, permission=publish)
        GroupCollectionPermission.objects.create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(codename="add_document"),
        )
    somebody.groups.add(Group.objects.get(name="Editors"))
    workflow, _made = Workflow.objects.update_or_create(
        name="Moderators approval", defaults={"active": True}
    )
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})

    said = sync()
    assert "- group Moderators" in said
    assert "- workflow Moderators approval" in said
    assert not Group.objects.filter(name="Moderators").exists()
    editors = Group.objects.get(name="Editors")
    assert not editors.permissions.exists()
    assert not GroupPagePermission.objects.filter(group=editors).exists()
    assert not GroupCollectionPermission.objects.filter(group=editors).exists()
    workflow.refresh_from_db()
    assert not workflow.active
    assert not workflow.workflow_pages.exists()
    assert home.get_workflow().name == "Relecture"

    somebody.groups.clear()
    assert "- group Editors" in sync()
    assert "as declared" in sync()


def test_only_validation_and_the_technical_team_submit_translations(in_place: None) -> None:
    right = Permission.objects.get(codename="submit_translation")
    names = set(right.group_set.values_list("name", flat=True))
    assert names == {roles.APPROVER.name, roles.TECHNICAL.name}


TABLE = """
site: write                     Rédaction, Validation, Administration technique
site: edit                      Rédaction, Validation, Administration technique
site: submit                    Rédaction, Validation, Administration technique
site: approve                   Validation, Référent·e·s métier
site: publish alone
site: publish in an emergency   Validation
site: take offline              Validation, Administration technique
site: delete what is online     Administration technique
site: restrict                  Validation, Administration technique
site: lock                      Validation, Administration technique
site: unlock                    Validation, Administration technique
brand: write                    Rédaction, Validation, Administration technique
brand: edit                     Rédaction, Validation, Marque, Administration technique
brand: submit                   Rédaction, Validation, Marque, Administration technique
brand: approve                  Validation, Marque
brand: publish alone
brand: publish in an emergency  Validation
brand: take offline             Validation, Marque, Administration technique
brand: delete what is online    Administration technique
brand: restrict                 Validation, Marque, Administration technique
brand: lock                     Validation, Administration technique
brand: unlock                   Validation, Administration technique
"""


def test_the_table_of_permissions_is_this_one(in_place: None) -> None:
    found = [
        f"{f'{section}: {action}':32}{', '.join(name for name, yes in row.items() if yes)}".rstrip()
        for (section, action), row in permission_table().items()
    ]
    assert found == TABLE.strip().split("\n")


def test_the_command_prints_a_line_an_action_and_a_column_a_role(in_place: None) -> None:
    said = io.StringIO()
    call_command("print_permissions", stdout=said)
    assert said.getvalue().splitlines() == as_text(permission_table())
    assert all(role.name in said.getvalue().splitlines()[0] for role in roles.ROLES)


def test_asking_for_the_table_leaves_no_account_behind(in_place: None) -> None:
    from members.models import User

    before = User.objects.count()
    permission_table()
    assert User.objects.count() == before

"""Puts the workflows of ``roles.py`` in place; the kinds of task are known by dotted strings."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Task, Workflow, WorkflowPage, WorkflowTask

from site_cocagne.roles import Review, Step

from .sections import section_pages


def sync_workflow(review: Review) -> list[str]:
    """Steps, groups and pages exactly as declared; gives what changed, a sentence each.

    Work in progress goes on: a step that is declared again keeps its row.
    """
    changes: list[str] = []
    workflow, created = Workflow.objects.get_or_create(name=review.name)
    if created:
        changes.append(f"+ workflow {review.name}")
    if not workflow.active:
        workflow.active = True
        workflow.save(update_fields=["active"])
        changes.append(f"+ workflow {review.name}: active")
    tasks = [sync_task(step, changes) for step in review.steps]
    sync_steps(workflow, tasks, changes)
    sync_pages(workflow, review, changes)
    return changes


def sync_task(step: Step, changes: list[str]) -> Any:
    model = apps.get_model(step.task)
    task = model._default_manager.filter(name=step.name).order_by("pk").first()
    if task is None:
        task = model._default_manager.create(name=step.name)
        changes.append(f"+ step {step.name}")
    if not task.active:
        task.active = True
        task.save(update_fields=["active"])
        changes.append(f"+ step {step.name}: active")
    wanted = set(Group.objects.filter(name__in=step.groups))
    held = set(task.groups.all())
    for group in held - wanted:
        task.groups.remove(group)
        changes.append(f"- step {step.name}: asks {group.name}")
    for group in wanted - held:
        task.groups.add(group)
        changes.append(f"+ step {step.name}: asks {group.name}")
    return task


def sync_steps(workflow: Workflow, tasks: list[Task], changes: list[str]) -> None:
    rows = {row.task_id: row for row in WorkflowTask.objects.filter(workflow=workflow)}
    wanted = {task.pk for task in tasks}
    for task_id in rows.keys() - wanted:
        rows[task_id].delete()
        changes.append(f"- workflow {workflow.name}: step {rows[task_id].task.name}")
    for order, task in enumerate(tasks):
        row = rows.get(task.pk)
        if row is None:
            WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=order)
            changes.append(f"+ workflow {workflow.name}: step {task.name}")
        elif row.sort_order != order:
            row.sort_order = order
            row.save(update_fields=["sort_order"])
            changes.append(f"~ workflow {workflow.name}: step {task.name} is number {order + 1}")


def sync_pages(workflow: Workflow, review: Review, changes: list[str]) -> None:
    """A page has one workflow at most: ours takes the place of another one."""
    wanted = {page.pk: page for page in section_pages(review.section)}
    held = WorkflowPage.objects.filter(workflow=workflow).select_related("page")
    for row in held:
        if row.page_id not in wanted:
            row.delete()
            changes.append(f"- workflow {workflow.name}: over « {row.page} »")
    for pk, page in wanted.items():
        row = WorkflowPage.objects.filter(page_id=pk).first()
        if row is not None and row.workflow_id == workflow.pk:
            continue
        WorkflowPage.objects.update_or_create(page_id=pk, defaults={"workflow": workflow})
        changes.append(f"+ workflow {workflow.name}: over « {page} »")

"""What is being worked on: what waits for somebody, what was submitted, what lies still."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from site_cocagne.core.access import is_superuser
from site_cocagne.core.models import Mission

from ..models import AdviceTask, ApprovalTask, SubmissionNote
from .common import EVERYTHING, OF_PERSON, Chosen, Listing, Row, columns, take

ASLEEP_AFTER = datetime.timedelta(days=30)


def waiting(user: Any, chosen: Chosen, part: slice = EVERYTHING) -> Listing:
    """Steps this person may answer, the oldest first; never a change of their own."""
    states, count = take(asked_of(user, chosen), part)
    pages = pages_by_id([state.workflow_state.object_id for state in states])
    words = words_with([state.workflow_state_id for state in states])
    return Listing(
        [
            Row(
                page=pages[state.workflow_state.object_id],
                who=str(state.revision.user or ""),
                when=state.started_at,
                due=parse_datetime(state.planned) if state.planned else None,
                note=state.task.name + words.get(state.workflow_state_id, ""),
            )
            for state in states
            if state.workflow_state.object_id in pages
        ],
        count,
    )


def words_with(states: list[int]) -> dict[int, str]:
    """The latest word that came with each of these workflows."""
    notes = SubmissionNote.objects.filter(workflow_state__in=states).order_by("pk")
    return {pk: f" – « {words} »" for pk, words in notes.values_list("workflow_state", "words")}


def asked_of(user: Any, chosen: Chosen) -> QuerySet[TaskState]:
    """The running steps of workflows that wait for an answer of this person."""
    approvals = ApprovalTask.objects.filter(active=True)
    advice = AdviceTask.objects.filter(active=True)
    if not is_superuser(user):
        groups = user.groups.all()
        approvals, advice = approvals.filter(groups__in=groups), advice.filter(groups__in=groups)
    advised = set(advice.values_list("pk", flat=True))
    asked = set(approvals.values_list("pk", flat=True)) | advised
    running = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        task_id__in=asked,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflowstate__isnull=False,
    ).exclude(revision__user=user)
    running = in_chosen_parts(chosen.of_person(running, "revision__user"), chosen, "workflow_state")
    if advised and not is_superuser(user):
        running = running.exclude(pk__in=of_other_missions(running, advised, user))
    return (
        running.annotate(planned=KeyTextTransform("go_live_at", "revision__content"))
        .select_related("task", "workflow_state", "revision__user")
        .only(
            *("started_at", "task__name", "workflow_state__object_id", "revision__user"),
            *(f"revision__user__{name}" for name in OF_PERSON),
        )
        .order_by("started_at", "pk")
    )


def in_chosen_parts(states: QuerySet[Any], chosen: Chosen, relation: str = "") -> QuerySet[Any]:
    """Only those of pages that the filter leaves; without one the pages are not asked."""
    if not chosen.narrows:
        return states
    pages = chosen.narrow(Page.objects.all()).annotate(key=Cast("pk", CharField())).values("key")
    name = f"{relation}__object_id__in" if relation else "object_id__in"
    return states.filter(**{name: pages})


def of_other_missions(running: QuerySet[Any], advised: set[int], user: Any) -> list[int]:
    """Opinions asked on pages of missions that are not this person's."""
    mine = missions_of_expert(user)
    asked = running.filter(task_id__in=advised).annotate(
        rows=F("revision__content__mission_rows"),
        mission=KeyTextTransform("mission", "revision__content"),
    )
    return [state.pk for state in asked if not missions_in(state) & mine]


def missions_of_expert(user: Any) -> set[int]:
    """Every language's rows of the missions that the affiliations of today name."""
    today = timezone.localdate()
    running = user.affiliations.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today))
    slugs = running.values("missions__slug")
    return set(Mission.objects.filter(slug__in=slugs).values_list("pk", flat=True))


def missions_in(state: Any) -> set[int]:
    """Missions of the draft a step is about, read from its revision without loading all of it."""
    found = {row["mission"] for row in state.rows or [] if row.get("mission")}
    return found | ({int(state.mission)} if state.mission else set())


def pages_by_id(ids: list[str]) -> dict[str, Page]:
    pages = Page.objects.filter(pk__in=ids).select_related("locale").only(*columns())
    return {str(page.pk): page for page in pages}


def submitted(user: Any, chosen: Chosen, part: slice = EVERYTHING) -> Listing:
    """What this person has submitted and is not through: where it stands, since when."""
    mine = WorkflowState.objects.active().filter(requested_by=user)
    found = (
        in_chosen_parts(chosen.of_person(mine, "requested_by"), chosen)
        .select_related("current_task_state__task")
        .only(
            *("object_id", "status", "created_at"),
            *("current_task_state__comment", "current_task_state__task__name"),
        )
        .order_by("-created_at", "-pk")
    )
    states, count = take(found, part)
    pages = pages_by_id([state.object_id for state in states])
    return Listing(
        [
            Row(
                page=pages[state.object_id],
                who=str(user),
                when=state.created_at,
                note=where_it_stands(state),
            )
            for state in states
            if state.object_id in pages
        ],
        count,
    )


def where_it_stands(state: WorkflowState) -> str:
    task = state.current_task_state.task.name if state.current_task_state else ""
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        comment = state.current_task_state.comment if state.current_task_state else ""
        return _("Changes asked for: %(comment)s") % {"comment": comment}
    return task


def asleep(user: Any, chosen: Chosen, part: slice = EVERYTHING) -> Listing:
    """Drafts nobody has touched for a month and nobody has submitted, the oldest first."""
    busy = WorkflowState.objects.active().values_list("object_id", flat=True)
    drafts = (
        chosen.of_person(chosen.pages(user), "latest_revision__user")
        .filter(
            has_unpublished_changes=True,
            latest_revision_created_at__lt=timezone.now() - ASLEEP_AFTER,
        )
        .exclude(pk__in=[int(pk) for pk in busy])
        .select_related("locale", "latest_revision__user")
        .only("latest_revision_created_at", *columns("latest_revision__user"))
        .order_by("latest_revision_created_at", "pk")
    )
    pages, count = take(drafts, part)
    return Listing(
        [
            Row(
                page=page,
                who=str(getattr(page.latest_revision, "user", None) or ""),
                when=page.latest_revision_created_at,
            )
            for page in pages
        ],
        count,
    )


def behind(user: Any, chosen: Chosen, part: slice = EVERYTHING) -> Listing:
    """Translations whose source was published after they were last brought up to date."""
    translations = apps.get_model("wagtail_localize", "Translation")._default_manager
    late = translations.filter(
        enabled=True,
        source__object_id=OuterRef("translation_key"),
        source__locale_id=OuterRef("locale_id"),
        source__last_updated_at__lt=OuterRef("last_published_at"),
    )
    sources = (
        chosen.of_person(chosen.pages(user), "owner")
        .filter(Exists(late))
        .select_related("locale", "owner")
        .only("translation_key", "last_published_at", *columns("owner"))
        .order_by("last_published_at", "pk")
    )
    pages, count = take(sources, part)
    running = translations.filter(
        enabled=True, source__object_id__in=[page.translation_key for page in pages]
    ).annotate(key=F("source__object_id"), origin=F("source__locale_id"))
    languages: dict[Any, list[str]] = {}
    for each in running.select_related("target_locale").order_by("target_locale_id"):
        languages.setdefault((each.key, each.origin), []).append(str(each.target_locale))
    return Listing(
        [
            Row(
                page,
                who=str(page.owner or ""),
                when=page.last_published_at,
                note=", ".join(languages.get((page.translation_key, page.locale_id), [])),
            )
            for page in pages
        ],
        count,
    )

"""What the editorial desk shows: each list a constant number of queries, however full it is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from site_cocagne.core.access import is_superuser, working_paths
from site_cocagne.core.models import Mission

from .experts import about
from .models import AdviceTask, ApprovalTask, ExternalLink, Finding, Message, Review

ASLEEP_AFTER = datetime.timedelta(days=30)
SOON = datetime.timedelta(days=30)
# Beyond this a list is worked off, not read; the export gives all.
SHOWN = 50

When = datetime.datetime | datetime.date | None


@dataclass(frozen=True)
class Row:
    """One line of a list: a page, whose it is, since or until when, and what there is to say."""

    page: Page
    who: str = ""
    when: When = None
    due: When = None
    note: str = ""

    @property
    def title(self) -> str:
        return self.page.draft_title or self.page.title or _("(page without a title)")

    @property
    def kind(self) -> str:
        model = self.page.specific_class
        return str(model._meta.verbose_name) if model else ""


@dataclass
class Chosen:
    """The filter: language, section (a page and what is below it), mission, a person's name."""

    language: str = ""
    section: Page | None = None
    person: str = ""
    mission: str = ""
    problems: list[str] = field(default_factory=list)

    def pages(self, user: Any) -> QuerySet[Page]:
        """Pages of the chosen parts in which this person works."""
        pages = Page.objects.filter(depth__gte=2).select_related("locale")
        if not is_superuser(user):
            mine = Q(pk__in=[])
            for path in working_paths(user):
                mine |= Q(path__startswith=path)
            pages = pages.filter(mine)
        return self.narrow(pages)

    def narrow(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        if self.language:
            pages = pages.filter(locale__language_code=self.language)
        if self.section is not None:
            pages = pages.filter(path__startswith=self.section.path)
        if self.mission:
            pages = pages.filter(about(self.mission))
        return pages

    def keep(self, rows: list[Row]) -> list[Row]:
        """Only rows of the chosen person, looked for in the name shown."""
        wanted = self.person.casefold()
        return [row for row in rows if wanted in row.who.casefold()] if wanted else rows


def waiting(user: Any, chosen: Chosen) -> list[Row]:
    """Steps this person may answer, the oldest first; never a change of their own."""
    approvals = ApprovalTask.objects.filter(active=True)
    advice = AdviceTask.objects.filter(active=True)
    if not is_superuser(user):
        groups = user.groups.all()
        approvals, advice = approvals.filter(groups__in=groups), advice.filter(groups__in=groups)
    advised = set(advice.values_list("pk", flat=True))
    asked = set(approvals.values_list("pk", flat=True)) | advised
    states = list(
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            task_id__in=asked,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            workflowstate__isnull=False,
        )
        .exclude(revision__user=user)
        .annotate(
            planned=KeyTextTransform("go_live_at", "revision__content"),
            rows=F("revision__content__mission_rows"),
            mission=KeyTextTransform("mission", "revision__content"),
        )
        .select_related("task", "workflow_state", "revision__user")
        .defer("revision__content")
        .order_by("started_at", "pk")
        if asked
        else []
    )
    if advised and not is_superuser(user):
        mine = missions_of_expert(user)
        states = [s for s in states if s.task_id not in advised or missions_in(s) & mine]
    pages = pages_by_id([state.workflow_state.object_id for state in states], chosen)
    return chosen.keep(
        [
            Row(
                page=pages[state.workflow_state.object_id],
                who=str(state.revision.user or ""),
                when=state.started_at,
                due=parse_datetime(state.planned) if state.planned else None,
                note=state.task.name,
            )
            for state in states
            if state.workflow_state.object_id in pages
        ]
    )


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


def pages_by_id(ids: list[str], chosen: Chosen) -> dict[str, Page]:
    pages = chosen.narrow(Page.objects.filter(pk__in=ids).select_related("locale"))
    return {str(page.pk): page for page in pages}


def submitted(user: Any, chosen: Chosen) -> list[Row]:
    """What this person has submitted and is not through: where it stands, since when."""
    states = list(
        WorkflowState.objects.active()
        .filter(requested_by=user)
        .select_related("current_task_state__task")
        .order_by("-created_at")
    )
    pages = pages_by_id([state.object_id for state in states], chosen)
    return [
        Row(
            page=pages[state.object_id],
            when=state.created_at,
            note=where_it_stands(state),
        )
        for state in states
        if state.object_id in pages
    ]


def where_it_stands(state: WorkflowState) -> str:
    task = state.current_task_state.task.name if state.current_task_state else ""
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        comment = state.current_task_state.comment if state.current_task_state else ""
        return _("Changes asked for: %(comment)s") % {"comment": comment}
    return task


def asleep(user: Any, chosen: Chosen) -> list[Row]:
    """Drafts nobody has touched for a month and nobody has submitted, the oldest first."""
    busy = WorkflowState.objects.active().values_list("object_id", flat=True)
    drafts = (
        chosen.pages(user)
        .filter(
            has_unpublished_changes=True,
            latest_revision_created_at__lt=timezone.now() - ASLEEP_AFTER,
        )
        .exclude(pk__in=[int(pk) for pk in busy])
        .select_related("locale", "latest_revision__user")
        .defer("latest_revision__content")
        .order_by("latest_revision_created_at")
    )
    return chosen.keep(
        [
            Row(
                page=page,
                who=str(getattr(page.latest_revision, "user", None) or ""),
                when=page.latest_revision_created_at,
            )
            for page in drafts
        ]
    )


def planned(user: Any, chosen: Chosen) -> list[Row]:
    """What goes up, what comes down, and events: in the order of time."""
    pages = chosen.pages(user)
    revisions = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    moments = dict(revisions.values_list("object_id", "approved_go_live_at"))
    up = pages.filter(pk__in=[int(pk) for pk in moments])
    rows = [Row(page, when=moments[str(page.pk)], note=_("goes online")) for page in up]
    down = pages.filter(live=True, expire_at__gt=timezone.now())
    rows += [Row(page, when=page.expire_at, note=_("is taken offline")) for page in down]
    for event in upcoming_events(user, chosen).order_by("starts_at")[:SHOWN]:
        rows.append(Row(event, when=event.starts_at, note=_("takes place")))
    return sorted(rows, key=lambda row: row.when or timezone.now())


def upcoming_events(user: Any, chosen: Chosen) -> QuerySet[Any]:
    events = apps.get_model("events", "EventPage")
    mine = chosen.pages(user).values("pk")
    return (
        events._default_manager.filter(pk__in=mine, over_at__gt=timezone.now())
        .defer("body", "report")
        .select_related("locale")
    )


def incomplete_events(user: Any, chosen: Chosen) -> list[Row]:
    """Events of the coming month without a place, a link or a contact."""
    nowhere = Q(format__in=["onsite", "hybrid"], place="", city="")
    unreachable = Q(format__in=["online", "hybrid"], online_link="", registration_url="")
    unanswered = Q(contact__isnull=True, organiser="", registration_email="")
    events = (
        upcoming_events(user, chosen)
        .filter(nowhere | unreachable | unanswered, starts_at__lt=timezone.now() + SOON)
        .exclude(status="cancelled")
        .order_by("starts_at")
    )
    return [Row(event, when=event.starts_at, note=what_lacks(event)) for event in events]


def what_lacks(event: Any) -> str:
    lacking = []
    if event.format in {"onsite", "hybrid"} and not (event.place or event.city):
        lacking.append(_("no place"))
    if event.format in {"online", "hybrid"} and not (event.online_link or event.registration_url):
        lacking.append(_("no link"))
    if not (event.contact_id or event.organiser or event.registration_email):
        lacking.append(_("nobody to ask"))
    return ", ".join(lacking)


def to_review(user: Any, chosen: Chosen) -> list[Row]:
    """Published pages past their review date, the longest overdue first."""
    reviews = (
        Review.objects.due()
        .filter(page__in=chosen.pages(user).values("pk"))
        .select_related("page__locale", "owner", "deputy")
    )
    return chosen.keep(
        [
            Row(
                row.page,
                who=str(row.owner or row.deputy or ""),
                when=row.verified_on,
                due=row.due_on,
            )
            for row in reviews
        ]
    )


def behind(user: Any, chosen: Chosen) -> list[Row]:
    """Translations whose source was published after they were last brought up to date."""
    translations = apps.get_model("wagtail_localize", "Translation")
    pages = chosen.pages(user)
    sources = (
        translations._default_manager.filter(
            enabled=True, source__object__in=pages.values("translation_key")
        )
        .select_related("source", "target_locale")
        .annotate(key=F("source__object_id"))
    )
    wanted = {(row.key, row.source.locale_id): row for row in sources}
    originals = {
        (page.translation_key, page.locale_id): page
        for page in pages.filter(translation_key__in=[key for key, _locale in wanted])
    }
    return [
        Row(page, when=page.last_published_at, note=str(wanted[key].target_locale))
        for key, page in originals.items()
        if key in wanted
        and page.last_published_at
        and page.last_published_at > wanted[key].source.last_updated_at
    ]


def broken_links(user: Any, chosen: Chosen) -> list[Row]:
    """Links of published pages that lead nowhere: inside as of last night, outside twice red."""
    pages = chosen.pages(user)
    inside = Finding.objects.filter(kind=Finding.Kind.LINK, page__in=pages.values("pk"))
    rows = [
        Row(finding.page, when=finding.found_on, note=finding.message)
        for finding in inside.select_related("page__locale").order_by("-is_error", "page__path")
    ]
    uses = ExternalLink.pages.through._default_manager.filter(
        externallink__in=ExternalLink.objects.broken(), page__in=pages.values("pk")
    ).select_related("externallink", "page__locale")
    rows += [
        Row(
            use.page,
            when=use.externallink.first_failed_on,
            note=f"{use.externallink.url} ({use.externallink.detail})",
        )
        for use in uses.order_by("externallink__first_failed_on", "page__path")
    ]
    return rows


def faulty(user: Any, chosen: Chosen) -> list[Row]:
    """What the rules of the quality gate found last night on published pages, errors first."""
    found = Finding.objects.filter(
        kind=Finding.Kind.QUALITY, page__in=chosen.pages(user).values("pk")
    )
    return [
        Row(finding.page, when=finding.found_on, note=finding.message)
        for finding in found.select_related("page__locale").order_by("-is_error", "page__path")
    ]


LISTS = {
    "attente": waiting,
    "soumis": submitted,
    "agenda": planned,
    "evenements": incomplete_events,
    "revoir": to_review,
    "liens": broken_links,
    "qualite": faulty,
    "traductions": behind,
    "brouillons": asleep,
}


def last_audit() -> Any:
    """The latest run of the audit of access, or nothing where none has run."""
    return apps.get_model("members", "AuditRun")._default_manager.order_by("-ran_at").first()


def undelivered() -> int:
    """Messages that the outbox has given up."""
    return Message.objects.stuck().count()

"""``python -m bench.editorial``: the editorial desk with thousands of pages and hundreds of tasks.

Fills the database that DATABASE_URL names (an empty one, kept apart for this), then measures the
server's time for each screen of the desk, asked by somebody of *Validation*, with the cache emptied
before each request. What waits is submitted drafts of another; around it stand pages past their
review date, drafts asleep, faults found, links that broke and events that lack something.
"""

from __future__ import annotations

import argparse
import datetime
import os
import statistics
import time
import warnings
from typing import Any

import django

SCREENS = (
    ("first page after login", "/admin/"),
    ("desk", "/admin/bureau/"),
    ("desk of a mission", "/admin/bureau/?mission=mission-1"),
    ("desk of a section", "/admin/bureau/?section={section}"),
    ("desk of a person", "/admin/bureau/?personne=redaction"),
    ("one list, page 3", "/admin/bureau/?liste=revoir&p=3"),
    ("calendar, month", "/admin/bureau/calendrier/"),
    ("calendar, list", "/admin/bureau/calendrier/?vue=liste"),
    ("review dates", "/admin/bureau/verifications/"),
    ("trail", "/admin/bureau/trace/"),
    ("translations", "/admin/bureau/traductions/"),
    ("export of the longest list", "/admin/bureau/revoir.csv"),
)
BUDGET = 200  # milliseconds, for the desk


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.editorial", description=__doc__)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--tasks", type=int, default=200)
    parser.add_argument("--requests", type=int, default=15, help="requests a screen (15)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cocagne.settings.dev")
    django.setup()

    from django.test.utils import override_settings

    warnings.filterwarnings("ignore", message="No directory at")
    with override_settings(DEBUG=False, ALLOWED_HOSTS=["localhost"]):
        reader = fill(options.pages, options.tasks)
        report(reader, options.requests)


def fill(pages: int, tasks: int) -> Any:
    """Everything the desk shows; gives the person who looks at it."""
    from django.db import connection
    from wagtail.models import WorkflowState

    from events.models import EventPage
    from events.volume import seed_events
    from resources.models import ResourcePage
    from resources.volume import seed_resources

    prepare()
    seed_resources(pages - ResourcePage.objects.count())
    seed_events(pages // 10 - EventPage.objects.count())
    writer, reader = people()
    if not WorkflowState.objects.exists():
        submit(tasks, writer)
        leave_asleep(tasks, writer, after=tasks)
        let_age(writer)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return reader


def prepare() -> None:
    """Tables, roles, workflows, missions; the toolbox and the agenda."""
    import io

    from django.core.management import call_command
    from wagtail.models import Page

    from bench.toolbox import prepare as prepare_toolbox
    from events.models import AgendaPage

    prepare_toolbox()
    call_command("sync_roles", summary=True, stdout=io.StringIO())
    if not AgendaPage.objects.exists():
        home = Page.objects.get(depth=2, locale__language_code="fr")
        agenda = AgendaPage(title="Agenda", slug="agenda", locale=home.locale)
        home.add_child(instance=agenda)
        agenda.save_revision().publish()


def people() -> tuple[Any, Any]:
    """Somebody who wrote, and somebody of *Validation* who looks."""
    from django.contrib.auth.models import Group

    from members.models import User
    from site_cocagne import roles

    found = []
    for name, role in (("redaction", roles.WRITER), ("validation", roles.APPROVER)):
        person, _made = User.objects.get_or_create(email=f"{name}@exemple.fr")
        person.groups.add(Group.objects.get(name=role.name))
        found.append(person)
    return found[0], found[1]


def submit(count: int, writer: Any) -> None:
    """``count`` drafts that wait for *Validation*."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import TaskState, Workflow, WorkflowState

    from editorial.models import ApprovalTask

    workflow = Workflow.objects.get(name="Relecture")
    task = ApprovalTask.objects.get(name="Validation")
    kind = ContentType.objects.get_for_model(TaskState)
    for page in drafts(count, writer):
        state = WorkflowState.objects.create(
            content_type=page.get_content_type(),
            base_content_type=page.get_base_content_type(),
            object_id=str(page.pk),
            workflow=workflow,
            requested_by=writer,
        )
        state.current_task_state = TaskState.objects.create(
            workflow_state=state, revision=page.latest_revision, task=task, content_type=kind
        )
        state.save()


def drafts(count: int, writer: Any, after: int = 0) -> Any:
    """Resources with a change that is not published."""
    from resources.models import ResourcePage

    for page in ResourcePage.objects.order_by("pk")[after : after + count]:
        page.title += " (revu)"
        page.save_revision(user=writer, changed=True)
        yield page


def leave_asleep(count: int, writer: Any, after: int) -> None:
    from django.utils import timezone
    from wagtail.models import Page

    long_ago = timezone.now() - datetime.timedelta(days=60)
    asleep = [page.pk for page in drafts(count, writer, after)]
    Page.objects.filter(pk__in=asleep).update(latest_revision_created_at=long_ago)


def let_age(owner: Any) -> None:
    """Half of the pages past their review date, a tenth with a fault, a tenth with a dead link."""
    from django.utils import timezone

    from editorial.models import ExternalLink, Finding, Review
    from resources.models import ResourcePage

    today = timezone.localdate()
    keys = list(ResourcePage.objects.order_by("pk").values_list("pk", flat=True))
    Review.objects.bulk_create(
        [
            Review(
                page_id=pk,
                owner=owner,
                verified_on=today - datetime.timedelta(days=800),
                due_on=today + datetime.timedelta(days=40 * (-1) ** number),
            )
            for number, pk in enumerate(keys)
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )
    Finding.objects.bulk_create(
        [
            Finding(page_id=pk, kind=kind, field="body", message="Une faute de la nuit dernière.")
            for pk in keys[::10]
            for kind in Finding.Kind.values
        ]
    )
    link = ExternalLink.objects.create(
        url="https://ailleurs.example/",
        first_failed_on=today - datetime.timedelta(days=2),
        last_failed_on=today,
        detail="HTTP 404",
    )
    link.pages.set(keys[5::10])


def report(reader: Any, requests: int) -> None:
    from django.db import connection
    from wagtail.models import Page, TaskState

    section = Page.objects.get(depth=3, slug="boite-a-outils").pk
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count()
    print(f"{connection.vendor}, {Page.objects.count()} pages, {waiting} tasks\n")
    slow = []
    for name, address in SCREENS:
        median, work, queries = cost(reader, address.format(section=section), requests)
        print(
            f"{name:<30}{median:>8.0f} ms{work:>8.0f} ms of this process{queries:>5} queries",
            flush=True,
        )
        if median > BUDGET and name.startswith("desk"):
            slow.append(name)
    if slow:
        raise SystemExit(f"Over {BUDGET} ms: {', '.join(slow)}.")


def cost(reader: Any, url: str, requests: int) -> tuple[float, float, int]:
    """Median, median of this process's own work, both in milliseconds; SQL queries.

    On a machine that does something else as well the first says more about that than about us.
    """
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client

    client: Any = Client(SERVER_NAME="localhost")
    client.force_login(reader)
    answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url} answers {answer.status_code}.")
    queries = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        client.get(url)
    times, work = [], []
    for _number in range(requests):
        cache.clear()
        start, worked = time.perf_counter(), time.process_time()
        client.get(url)
        times.append(1000 * (time.perf_counter() - start))
        work.append(1000 * (time.process_time() - worked))
    return statistics.median(times), statistics.median(work), queries


if __name__ == "__main__":
    main()

"""The queue of work in the database: what no worker does by itself.

A worker that is killed leaves its task marked as running, and nobody would look at it again. Every
task of this site may be done twice, so such a task goes back into the queue.
"""

from __future__ import annotations

import datetime
import logging

from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

# The longest task reads a document, within a minute or so.
LOST_AFTER = datetime.timedelta(minutes=10)
# A task that ended so many workers is what ended them.
MOST_WORKERS = 3
KEPT_FOR = datetime.timedelta(days=1)


class AbandonedError(Exception):
    """Workers that began this task did not live to its end."""


def tidy(lost_after: datetime.timedelta = LOST_AFTER) -> int:
    """Give the tasks of dead workers back, and forget old results; how many were given back."""
    now = timezone.now()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_FOR).delete()
    again = 0
    for task in DBTaskResult.objects.running().filter(started_at__lte=now - lost_after):
        if len(task.worker_ids) >= MOST_WORKERS:
            task.set_failed(AbandonedError(task.task_name))
            logger.error("The task %s was given up.", task.task_name)
            continue
        # Only as it was read: its worker may have been slow and not dead.
        running = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        again += running.update(status=TaskResultStatus.READY)
    return again


def carry_out_later() -> None:
    """What had to be tried again later, and is due."""
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        backend_name="later",
        worker_id=get_random_string(32),
        batch=True,
        max_tasks=None,
        interval=0,
        startup_delay=False,
    ).run()

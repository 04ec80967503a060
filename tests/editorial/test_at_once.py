"""Two people of *Validation* who click at the same moment, each in a process of the site's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.databases import own_database

PREPARE = """
import io, json
from django.core.management import call_command
from django.urls import reverse
from django.contrib.auth.models import Group
from home.models import ContentPage, HomePage
from members.models import User
from site_cocagne import roles
call_command("bootstrap_site", stdout=io.StringIO())
call_command("sync_roles", summary=True, stdout=io.StringIO())
home = HomePage.objects.get(depth=2, locale__language_code="fr")
page = home.add_child(instance=ContentPage(
    title="Accueil", slug="accueil-des-equipes", summary="Un mot.", live=False, locale=home.locale))
writer = User.objects.create_user("plume@exemple.fr", "x")
for name in ("une", "autre"):
    person = User.objects.create_user(f"{name}@exemple.fr", "x")
    person.groups.add(Group.objects.get(name=roles.APPROVER.name))
page.save_revision(user=writer)
page.get_workflow().start(page, writer)
state = page.current_workflow_task_state
print(json.dumps({"page": page.pk, "state": state.pk, "address":
    reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])}))
"""
# Each waits until both are there. Whoever comes first stays in the step for a while: the other
# meets it half done, whatever the machine is busy with.
CLICK = """
import json, time
from pathlib import Path
from django.test import Client
from wagtail.models import PageLogEntry, TaskState
from editorial.models import ApprovalTask
from members.models import User
carry_out = ApprovalTask.carry_out
def slowly(self, *rest):
    time.sleep(1)
    return carry_out(self, *rest)
ApprovalTask.carry_out = slowly
client = Client(SERVER_NAME="localhost")
client.force_login(User.objects.get(email="{name}@exemple.fr"))
here = Path({folder!r})
(here / "{name}").touch()
until = time.monotonic() + 60
while not all((here / each).exists() for each in ("une", "autre")) and time.monotonic() < until:
    time.sleep(0.01)
answer = client.post({address!r}, {{"comment": ""}})
done = PageLogEntry.objects.filter(page={page})
print(json.dumps([
    answer.status_code,
    done.filter(action="wagtail.publish").count(),
    done.filter(action="wagtail.workflow.approve").count(),
    TaskState.objects.get(pk={state}).status,
]))
"""


def test_two_who_approve_at_the_same_moment_publish_once(
    db: None, tmp_path: Path, pytestconfig: pytest.Config, root: Path
) -> None:
    cache = pytestconfig.cache
    assert cache is not None
    with own_database(tmp_path, cache.mkdir("databases")) as url:

        def inside(code: str) -> subprocess.Popen[str]:
            return subprocess.Popen(  # noqa: S603 (our own command)
                [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
                cwd=root,
                env={
                    **os.environ,
                    "DJANGO_SETTINGS_MODULE": "site_cocagne.settings.test",
                    "DATABASE_URL": url,
                    "MEDIA_ROOT": str(tmp_path / "media"),
                    "PYTHONWARNINGS": "ignore",
                },
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )

        def said(process: subprocess.Popen[str]) -> Any:
            out, errors = process.communicate(timeout=120)
            assert process.returncode == 0, errors
            return json.loads(out.strip().splitlines()[-1])

        click = said(inside(PREPARE))
        clicks = [
            inside(CLICK.format(name=name, folder=str(tmp_path), **click))
            for name in ("une", "autre")
        ]
        assert [said(each) for each in clicks] == [[302, 1, 1, "approved"]] * 2

"""What the site leans on fails: the mail server, the storage, the disk, a worker, the clock."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from bench import servers
from bench.nodes import Nodes

from .cluster import Cluster
from .conftest import Tell
from .mailbox import Mailbox
from .storage import PRIVATE, Storage
from .test_faults import in_words, people
from .test_nodes import page, picture
from .visitors import reading

pytestmark = pytest.mark.production

LATER_IS_NOW = (
    "from django_tasks_db.models import DBTaskResult\n"
    "from editorial.models import Message\n"
    "Message.objects.filter(sent_at=None).update(next_try_at=timezone.now())\n"
    "later = DBTaskResult.objects.filter(backend_name='later')\n"
    "value = later.filter(status='READY').update(run_after=timezone.now())"
)


def wait_for(what: Callable[[], object], seconds: float, words: str) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, f"Not within {seconds} s: {words}"
        time.sleep(0.2)


# --- mail -----------------------------------------------------------------------------------------


def test_a_mail_server_that_is_gone_costs_time_and_no_mail(
    nodes: Nodes, mail_port: int, tell: Tell
) -> None:
    address = f"membre-{uuid4().hex[:8]}@exemple.fr"
    nodes.log_in(address)
    asked = nodes.send_form("/mon-espace/mot-de-passe/oublie/", {}, {"email": address})
    assert asked.status == 302, asked.text
    stranger = f"inconnu-{uuid4().hex[:8]}@exemple.fr"
    assert (
        nodes.send_form("/mon-espace/mot-de-passe/oublie/", {}, {"email": stranger}).headers[
            "Location"
        ]
        == asked.headers["Location"]
    )
    for number in range(3):
        nodes.ask_clerk(
            "from editorial.messages import write_notice\n"
            f"user = User.objects.get(email={address!r})\n"
            f"write_notice(user, 'Avis {number}', 'Bonjour')"
        )
    with Mailbox(mail_port) as box:
        nodes.ask_clerk(LATER_IS_NOW)
        assert nodes.manage("run_schedule").wait(60) == 0
        nodes.ask_clerk(LATER_IS_NOW)
        assert nodes.manage("run_schedule").wait(60) == 0
    subjects = Counter(subject for to, subject, _text in box.taken if to == address)
    assert subjects.total() == 4, box.taken
    assert {"Avis 0": 1, "Avis 1": 1, "Avis 2": 1}.items() <= subjects.items()
    assert [to for to, *_rest in box.taken if to == stranger] == [stranger]
    link = next(text for to, _subject, text in box.taken if "/mot-de-passe/" in text)
    assert f"https://localhost:{nodes.nginx}/" in link
    tell("mail server gone", "5 mails of which visitors were told; each arrived once", "nothing")


# --- files ----------------------------------------------------------------------------------------


KEPT_NOWHERE = "n’a pas pu être conservé"


def of_title(model: str, title: str) -> str:
    return (
        f"from site_cocagne.core.models import {model}\n"
        f"value = {model}.objects.filter(title={title!r}).count()"
    )


def test_a_storage_that_answers_500_costs_the_upload_and_no_page(
    nodes: Nodes, storage: Storage, tell: Tell
) -> None:
    staff = nodes.log_in("images@exemple.fr", staff=True)
    title = f"perdue-{uuid4().hex[:8]}"
    fields = {"title": title, "decorative": "on"}
    files = {"file": (f"{title}.jpg", picture())}
    address = page(nodes, f"s3-{uuid4().hex[:8]}")
    with reading(nodes, people(nodes)) as seen:
        storage.fails = True
        try:
            refused = nodes.send_form("/admin/images/add/", staff, fields, files=files)
            assert nodes.get(address).status == 200
        finally:
            storage.fails = False
    assert refused.status == 200
    assert KEPT_NOWHERE in refused.text
    assert nodes.ask_clerk(of_title("SiteImage", title)) == 0
    assert set(seen.statuses) == {200, 404}
    assert not seen.strange
    assert not seen.bare
    again = nodes.send_form("/admin/images/add/", staff, fields, files=files)
    assert again.status == 302
    assert any(title in name for name in storage.names(PRIVATE))
    tell("S3 answering 500", f"{in_words(seen)}; an upload refused, then taken", "nothing")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False).returncode:  # noqa: S603
        pytest.fail("A full disk is a file system of its own here: only root may mount one.")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607


def test_a_full_disk_refuses_an_upload_whole_and_takes_the_next_small_one(
    nodes: Nodes, small_disk: Path, tell: Tell
) -> None:
    port = servers.free_port()
    folders = {"MEDIA_ROOT": f"{small_disk}/media", "PRIVATE_MEDIA_ROOT": f"{small_disk}/private"}
    staff = nodes.log_in("documents@exemple.fr", staff=True)
    with nodes.node(port, **folders, S3_PUBLIC_BUCKET="", S3_PRIVATE_BUCKET=""):

        def upload(title: str, size: int) -> int:
            files = {"file": (f"{title}.txt", b"chou " * (size // 5))}
            answer = nodes.send_form(
                "/admin/documents/add/", staff, {"title": title}, port=port, files=files
            )
            if answer.status == 200:
                assert KEPT_NOWHERE in answer.text
            return answer.status

        names = [f"doc-{uuid4().hex[:8]}" for _ in range(3)]
        statuses = [upload(names[0], 1_500_000), upload(names[1], 2_400_000)]
        left = [path.name for path in small_disk.rglob("doc-*")]
        statuses.append(upload(names[2], 50_000))
        assert statuses == [302, 200, 302]
        assert left == [f"{names[0]}.txt"], "no half of a file stays"
        assert nodes.get("/", port).status == 200
    counts = [nodes.ask_clerk(of_title("SiteDocument", name)) for name in names]
    assert counts == [1, 0, 1]
    tell(
        "disk full on upload", "3 uploads, one too large for what is left", "the refused one alone"
    )


# --- the queue ------------------------------------------------------------------------------------


def test_a_task_whose_worker_is_killed_is_done_by_another(
    nodes: Nodes, storage: Storage, tell: Tell
) -> None:
    title = f"lu-{uuid4().hex[:8]}"
    nodes.ask_clerk(
        "from django.core.files.base import ContentFile\n"
        "from django_tasks_db.models import DBTaskResult\n"
        "from site_cocagne.core.models import SiteDocument\n"
        "DBTaskResult.objects.all().delete()\n"
        f"file = ContentFile(('Le compost de l’été. ' * 20).encode(), name='{title}.txt')\n"
        f"SiteDocument.objects.create(title={title!r}, file=file)"
    )
    state = (
        "from django_tasks_db.models import DBTaskResult\n"
        "reading = DBTaskResult.objects.filter(task_path__endswith='read_document')\n"
        "value = list(reading.values_list('status', flat=True))"
    )
    assert nodes.ask_clerk(state) == ["READY"]
    storage.asked.clear()
    storage.answers.clear()
    try:
        worker = nodes.manage("db_worker", "--no-startup-delay", "--interval", "0.1")
        assert storage.asked.wait(30), "the worker has begun to read"
        assert nodes.ask_clerk(state) == ["RUNNING"]
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    finally:
        storage.answers.set()
    given_back = nodes.ask_clerk(
        "import datetime\nfrom site_cocagne.core.tasks import tidy\n"
        "value = tidy(datetime.timedelta(0))"
    )
    assert given_back == 1
    assert nodes.manage("db_worker", "--no-startup-delay", "--batch").wait(60) == 0
    assert nodes.ask_clerk(state) == ["SUCCESSFUL"]
    text = nodes.ask_clerk(
        "from site_cocagne.core.models import DocumentText\n"
        f"value = DocumentText.objects.get(document__title={title!r}).text"
    )
    assert "compost" in text
    tell("a worker killed in a task", "1 document to read", "nothing: read by another worker")


# --- the clock ------------------------------------------------------------------------------------

PARIS = ZoneInfo("Europe/Paris")
MORNING = ("digests", "shelf", "reminders")


class Clock:
    """What time it is for the processes of ``env``."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.env = {"PYTHONPATH": str(Path(__file__).with_name("jumping")), "AHEAD": str(file)}

    def set(self, now: datetime.datetime) -> None:
        ahead = (now - datetime.datetime.now(datetime.UTC)).total_seconds()
        written = self.file.with_suffix(".new")
        written.write_text(str(ahead))
        written.replace(self.file)


def test_a_clock_that_jumps_forward_and_back_skips_nothing_and_runs_nothing_twice(
    nodes: Nodes, cluster: Cluster, tmp_path: Path, tell: Tell
) -> None:
    at = datetime.datetime(2027, 2, 3, 6, 58, 50, tzinfo=PARIS)  # a Wednesday
    clock, log = Clock(tmp_path / "ahead"), nodes.folder / "run_clock.log"
    env = {"DATABASE_URL": cluster.url("clock"), **clock.env}
    minutes = datetime.timedelta(minutes=1)
    due = (at + 30 * minutes).isoformat()
    servers.manage(
        {**nodes.env, "DATABASE_URL": cluster.url("clock")},
        *("shell", "--no-imports", "-c"),
        "from home.models import ContentPage, HomePage\n"
        "home = HomePage.objects.get(depth=2, locale__language_code='fr')\n"
        "page = ContentPage(title='Prévue', slug='prevue', locale=home.locale, live=False)\n"
        f"page.go_live_at = '{due}'\nhome.add_child(instance=page)\n"
        "page.save_revision(approved_go_live_at=page.go_live_at)",
    )

    def beat(name: str) -> datetime.datetime | None:
        with cluster.connection("clock") as connection:
            found = connection.execute(
                "SELECT beat_at FROM editorial_heartbeat WHERE name = %s", [name]
            ).fetchone()
        return found[0] if found else None

    def begun() -> Counter[str]:
        lines = log.read_text(encoding="utf-8").splitlines()
        return Counter(line.removesuffix(": begun.") for line in lines if ": begun." in line)

    ran = "publish_scheduled"
    clock.set(at)
    process = nodes.manage("run_clock", **env)
    try:
        wait_for(lambda: beat(ran), 40, "the job of every minute")
        clock.set(at.replace(hour=8, minute=0, second=5))
        wait_for(lambda: set(MORNING) <= set(begun()), 40, "the jobs of the morning")
        eight = at.replace(hour=8, minute=0, second=0)
        wait_for(lambda: (beat(ran) or at) >= eight, 40, "the minute after the jump")
        clock.set(at.replace(minute=59, second=50))
        seven = at.replace(hour=7, minute=0, second=0)
        wait_for(lambda: seven <= (beat(ran) or at) < eight, 60, "the minute after the jump back")
        time.sleep(6)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)
    assert begun() == dict.fromkeys(MORNING, 1)
    with cluster.connection("clock") as connection:
        times = connection.execute(
            "SELECT count(*) FROM wagtailcore_pagelogentry WHERE"
            " action = 'wagtail.publish.scheduled' AND label = 'Prévue'"
        ).fetchone()
    assert times == (1,)
    tell(
        "the clock an hour forward and back",
        "3 daily jobs, 1 scheduled page",
        "nothing, none twice",
    )

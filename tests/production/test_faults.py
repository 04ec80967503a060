"""What is broken on purpose while people read and write: nothing acknowledged is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from uuid import uuid4

import pytest

from bench.nodes import Nodes

from .cluster import Cluster
from .conftest import Tell
from .test_nodes import A_SECOND, everywhere, page
from .visitors import Reader, Seen, reading

pytestmark = pytest.mark.production

PUBLIC_PAGES = ("/", "/plan-du-site/", "/nulle-part/")
# Wherever no page is kept: each address is asked for once.
NEVER_KEPT = tuple(f"/plan-du-site/?{number}" for number in range(5000))


def people(nodes: Nodes, addresses: Sequence[str] = PUBLIC_PAGES) -> list[Reader]:
    """Two who are logged in, each greeted by a name, and two who are nobody."""
    names = [f"prenom{uuid4().hex[:8]}" for _ in range(2)]
    logged_in = [
        Reader(["/mon-espace/"], nodes.log_in(f"{name}@exemple.fr"), name) for name in names
    ]
    return [*logged_in, Reader(addresses), Reader(addresses)]


def in_words(seen: Seen) -> str:
    return ", ".join(f"{number} × {status}" for status, number in sorted(seen.statuses.items()))


def warm(nodes: Nodes) -> None:
    """Every process has been asked, and the home page is kept."""
    for port in everywhere(nodes) * 6:
        nodes.get("/", port)


def written(nodes: Nodes, titles: list[str]) -> set[str]:
    found = f"ContentPage.objects.filter(title__in={titles!r}).values_list('title', flat=True)"
    return set(nodes.ask_clerk(f"value = list({found})"))


# --- the database ---------------------------------------------------------------------------------


def test_two_machines_that_migrate_at_once_take_turns(
    nodes: Nodes, migrated: list[int], tell: Tell
) -> None:
    assert migrated == [0, 0]
    left = nodes.ask_clerk(
        "from django.db.migrations.executor import MigrationExecutor\n"
        "plan = MigrationExecutor(connection)\n"
        "value = len(plan.migration_plan(plan.loader.graph.leaf_nodes()))"
    )
    assert left == 0
    tell("two migrations at once", "both ended well, on an empty database", "nothing")


def back_after(nodes: Nodes) -> float:
    """Seconds until every process serves pages that are not kept, after the database is back."""
    began = time.monotonic()
    good = 0
    while good < 8:
        answer = nodes.get(f"/plan-du-site/?{uuid4().hex}", nodes.ports[good % 2])
        good = good + 1 if answer.status == 200 else 0
        assert time.monotonic() < began + 15, "It does not heal by itself."
        time.sleep(0.1)
    return time.monotonic() - began


def test_postgresql_stopped_under_load(nodes: Nodes, cluster: Cluster, tell: Tell) -> None:
    """Kept pages are served all the time, other pages say that the site is back in a moment."""
    readers = people(nodes, NEVER_KEPT)
    warm(nodes)
    with reading(nodes, readers) as others, reading(nodes, [Reader(["/"])]) as home:
        time.sleep(1)
        cluster.stop("fast")
        try:
            time.sleep(3)
            away = nodes.get("/plan-du-site/?fresh")
            ready = nodes.get("/sante/pret/", nodes.ports[0])
            alive = nodes.get("/sante/", nodes.ports[0])
        finally:
            cluster.start()
        healed = back_after(nodes)
    assert set(home.statuses) == {200}, home.statuses
    assert (away.status, ready.status, alive.status) == (503, 503, 200)
    assert away.headers["Retry-After"] == "5"
    assert "Le site revient dans un instant" in away.text
    assert not others.strange
    assert not others.bare, others.bare[:3]
    assert set(others.statuses) <= {200, 500, 503}, others.statuses
    assert others.cut == 0
    tell(
        "PostgreSQL stopped for 3 s",
        f"kept: {in_words(home)}; others: {in_words(others)}; whole after {healed:.1f} s",
        "nothing",
    )


def test_postgresql_killed_while_pages_are_written(
    nodes: Nodes, cluster: Cluster, tell: Tell
) -> None:
    staff = nodes.log_in("redaction@exemple.fr", staff=True)
    acknowledged: list[str] = []
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            title = f"ecrit-{uuid4().hex[:10]}"
            if nodes.write_page(staff, title, parent=parent):
                acknowledged.append(title)

    parent = nodes.home()
    writer = threading.Thread(target=write)
    with reading(nodes, people(nodes)) as seen:
        writer.start()
        time.sleep(3)
        before = len(acknowledged)
        cluster.stop("immediate")
        cluster.start()
        back_after(nodes)
        time.sleep(3)
        stop.set()
        writer.join()
    assert 0 < before < len(acknowledged)
    assert written(nodes, acknowledged) == set(acknowledged)
    assert not seen.strange
    assert not seen.bare, seen.bare[:3]
    assert set(seen.statuses) <= {200, 404, 500, 503}, seen.statuses
    tell(
        "PostgreSQL killed under load",
        f"{in_words(seen)}; {len(acknowledged)} pages written",
        "nothing acknowledged",
    )


def test_connections_cut_under_load_cost_no_kept_page_and_heal_by_themselves(
    nodes: Nodes, cluster: Cluster, tell: Tell
) -> None:
    warm(nodes)
    with reading(nodes, [Reader(["/"])] * 3) as seen:
        for _ in range(3):
            with cluster.connection("nodes") as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            time.sleep(0.5)
    assert set(seen.statuses) == {200}
    statuses = {
        nodes.get(f"/plan-du-site/?{n}", port).status for n in range(4) for port in nodes.ports
    }
    assert statuses == {200}
    tell("every connection cut, three times", in_words(seen), "nothing")


# --- the cache ------------------------------------------------------------------------------------


def test_without_redis_every_page_is_served_and_what_was_published_meanwhile_is_seen(
    nodes: Nodes, tell: Tell
) -> None:
    word = f"s-{uuid4().hex[:8]}"
    address = page(nodes, word)
    assert nodes.get(address, nodes.ports[0]).status == 200
    with reading(nodes, people(nodes)) as seen:
        nodes.stop_redis()
        try:
            for port in nodes.ports:
                assert nodes.get(address, port).status == 200
                assert nodes.get("/sante/pret/", port).status == 200
            nodes.ask_clerk(
                f"page = ContentPage.objects.get(slug={word!r})\npage.title = 'Sans Redis'\n"
                "page.save_revision().publish()"
            )
            time.sleep(A_SECOND)
            assert "Sans Redis" in nodes.get(address).text
        finally:
            nodes.start_redis()
        time.sleep(2.5)  # the nodes leave a cache that was away alone for two seconds
        for port in everywhere(nodes):
            assert "Sans Redis" in nodes.get(address, port).text
    assert set(seen.statuses) == {200, 404}
    assert not seen.strange
    assert not seen.bare
    tell("Redis killed, then back", in_words(seen), "nothing")


# --- the web processes ----------------------------------------------------------------------------


def test_a_node_that_is_killed_under_load_costs_no_reader_an_error(
    nodes: Nodes, tell: Tell
) -> None:
    port = nodes.ports[1]
    staff = nodes.log_in("redaction@exemple.fr", staff=True)
    parent, acknowledged = nodes.home(), []
    with reading(nodes, people(nodes)) as seen:
        for number in range(8):
            if number == 3:
                nodes.kill_node(port)
            title = f"ecrit-{uuid4().hex[:10]}"
            if nodes.write_page(staff, title, parent=parent):
                acknowledged.append(title)
    assert set(seen.statuses) == {200, 404}, seen.statuses
    assert not seen.strange
    assert seen.cut == 0
    assert written(nodes, acknowledged) == set(acknowledged)
    # It comes back as another process, with the same everything.
    nodes.start_node(port)
    assert nodes.get("/", port).status == 200
    tell(
        "a node killed",
        f"{in_words(seen)}; {len(acknowledged)} pages written",
        "nothing acknowledged",
    )

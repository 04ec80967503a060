"""The brand section: rules accepted first, then the kit, one file or all of them."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from home.models import HomePage
from members.models import BrandAcceptance, User
from resources import kit, rules
from resources.models import BrandFile, BrandPage
from site_cocagne.core.models import SiteDocument
from tests import factories

pytestmark = pytest.mark.django_db

STORY = [{"type": "paragraph", "value": "<p>Ne pas étirer le logo.</p>"}]


@pytest.fixture
def logo(db: None) -> SiteDocument:
    return factories.document("logo.png", b"\x89PNG" + b"x" * 5000)


@pytest.fixture
def rules_page(home: HomePage) -> BrandPage:
    return factories.brand(home, title="Règles", slug="regles", holds_rules=True, body=STORY)


@pytest.fixture
def kit_page(home: HomePage, rules_page: BrandPage, logo: SiteDocument) -> BrandPage:
    second = factories.document("palette.txt", b"vert" * 100)
    rows = [BrandFile(document=logo), BrandFile(document=second, label="La palette")]
    return factories.brand(home, title="Kit", slug="kit", file_rows=rows)


@pytest.fixture
def visit(adherent: User, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(adherent)


def accept(client: Client, page: BrandPage) -> Any:
    version = client.get(page.url).context["rules"].version
    return client.post(f"{page.url}accepter/", {"version": version})


def bytes_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_before_the_rules_are_accepted_no_way_to_a_file_is_open(
    visit: Client, kit_page: BrandPage, logo: SiteDocument
) -> None:
    page = visit.get(kit_page.url)
    assert "J’ai lu les règles" in page.content.decode()
    for ask in (visit.get, visit.head):
        for address in (logo.url, f"{kit_page.url}tout/"):
            answer = ask(address)
            assert (answer.status_code, answer["Location"]) == (302, f"{kit_page.url}#regles")
            assert "no-store" in answer["Cache-Control"]
    for header in ({"Range": "bytes=0-9"}, {"If-None-Match": "*"}):
        assert visit.get(logo.url, headers=header).status_code == 302


def test_accepting_writes_down_who_when_and_which_version_and_opens_the_kit(
    visit: Client, adherent: User, kit_page: BrandPage, rules_page: BrandPage, logo: SiteDocument
) -> None:
    assert accept(visit, kit_page)["Location"] == kit_page.url
    row = BrandAcceptance.objects.get()
    assert (row.user, row.rules_version) == (adherent, rules.version_of(rules_page))
    accept(visit, kit_page)
    assert BrandAcceptance.objects.get().accepted_at == row.accepted_at
    assert bytes_of(visit.get(logo.url)).startswith(b"\x89PNG")
    archive = zipfile.ZipFile(io.BytesIO(bytes_of(visit.get(f"{kit_page.url}tout/"))))
    assert archive.testzip() is None
    assert archive.namelist() == [row.document.filename for row in kit_page.file_rows.all()]
    assert archive.read(archive.namelist()[1]) == b"vert" * 100
    shown = visit.get(kit_page.url).content.decode()
    assert "Vous avez accepté cette version" in shown
    assert "PNG" in shown
    assert "La palette" in shown


def test_the_kit_shows_a_preview_the_format_and_the_size_of_each_file(
    visit: Client, home: HomePage
) -> None:
    logo = factories.document("logo.png", b"\x89PNG" + b"x" * 5000)
    sheet = factories.document("palette.txt", b"vert" * 500)
    page = factories.brand(
        home,
        title="Kit",
        slug="kit",
        file_rows=[
            BrandFile(
                document=logo,
                picture=factories.image(description="Le logo"),
                label="Logo",
                sort_order=0,
            ),
            BrandFile(document=sheet, label="La palette", sort_order=1),
        ],
    )
    shown = BeautifulSoup(visit.get(page.url).content, "html5lib").select("li.kit")
    words = [" ".join(each.get_text(" ").split()) for each in shown]
    assert "Logo" in words[0]
    assert "PNG" in words[0]
    assert "TXT" in words[1]
    assert "2 ko" in words[1].replace("\xa0", " ").replace("\u202f", " ")
    assert [len(each.select(".kit__picture img")) for each in shown] == [1, 0]


def test_new_rules_ask_everybody_again_and_an_unchanged_save_does_not(
    visit: Client, kit_page: BrandPage, rules_page: BrandPage, logo: SiteDocument
) -> None:
    accept(visit, kit_page)
    rules_page.save_revision().publish()
    assert visit.get(logo.url).status_code == 200
    old = rules.version_of(rules_page)
    changed: Any = [{"type": "paragraph", "value": "<p>Ni l’incliner.</p>"}]
    rules_page.body = changed
    rules_page.save_revision().publish()
    assert visit.get(logo.url).status_code == 302
    visit.post(f"{kit_page.url}accepter/", {"version": old})  # a form opened before the change
    assert visit.get(logo.url).status_code == 302
    accept(visit, kit_page)
    assert visit.get(logo.url).status_code == 200
    assert BrandAcceptance.objects.count() == 2


def test_the_rules_themselves_are_read_without_accepting(
    visit: Client, home: HomePage, kit_page: BrandPage, rules_page: BrandPage
) -> None:
    sheet = factories.document("regles.txt", b"regles")
    rules_page.file_rows.add(BrandFile(document=sheet))
    rules_page.save_revision().publish()
    kit_page.file_rows.add(BrandFile(document=sheet))
    kit_page.save_revision().publish()
    assert bytes_of(visit.get(sheet.url)) == b"regles"


def test_outsiders_meet_the_door_on_every_sub_address(
    client: Client,
    sans_affiliation: User,
    ancien_adherent: User,
    logged_in: Callable[[User], Client],
    kit_page: BrandPage,
    logo: SiteDocument,
) -> None:
    addresses = (f"{kit_page.url}tout/", f"{kit_page.url}accepter/", logo.url)
    for address in addresses:
        for ask in (client.get, client.head):
            assert ask(address)["Location"].startswith("/mon-espace/connexion/")
        for outsider in (sans_affiliation, ancien_adherent):
            other = logged_in(outsider)
            assert other.get(address).status_code == 403
            assert other.head(address).status_code == 403
    other.post(f"{kit_page.url}accepter/", {"version": "x"})
    client.post(f"{kit_page.url}accepter/", {"version": "x"})
    assert not BrandAcceptance.objects.exists()


def test_without_published_rules_the_kit_is_open_to_members(
    visit: Client, kit_page: BrandPage, rules_page: BrandPage, logo: SiteDocument
) -> None:
    rules_page.unpublish()
    assert visit.get(logo.url).status_code == 200
    assert visit.get(f"{kit_page.url}tout/").status_code == 200


def test_sub_addresses_take_their_methods_only(visit: Client, kit_page: BrandPage) -> None:
    assert visit.get(f"{kit_page.url}accepter/").status_code == 405
    assert visit.post(f"{kit_page.url}tout/").status_code == 405
    accept(visit, kit_page)
    head = visit.head(f"{kit_page.url}tout/")
    assert (head.status_code, head["Content-Type"]) == (200, "application/zip")
    assert head["Cache-Control"] == "private, no-store"
    assert 'filename="kit.zip"' in head["Content-Disposition"]


def test_a_file_that_is_gone_is_said_and_the_others_are_sent(
    visit: Client, kit_page: BrandPage, logo: SiteDocument
) -> None:
    accept(visit, kit_page)
    logo.file.storage.delete(str(logo.file.name))
    archive = zipfile.ZipFile(io.BytesIO(bytes_of(visit.get(f"{kit_page.url}tout/"))))
    assert [name[:7] for name in archive.namelist()] == ["palette"]
    assert "manque dans le kit" in visit.get(kit_page.url).content.decode()


def test_names_in_the_zip_never_meet(db: None) -> None:
    names: set[str] = set()
    given = [kit.free_name(name, names) for name in ("a/Logo.png", "logo.png", "..\\logo.png")]
    assert given == ["Logo.png", "logo-2.png", "logo-3.png"]


def test_the_zip_is_made_in_constant_memory(db: None) -> None:
    """48 MB of files pass through less than 4 MB of memory."""
    documents = [factories.document(f"{n}.zip", b"0" * 24_000_000) for n in range(2)]
    documents = list(SiteDocument.objects.filter(pk__in=[each.pk for each in documents]))
    tracemalloc.start()
    sent = sum(map(len, kit.stream(documents)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent > 48_000_000
    assert peak < 4_000_000


def test_a_second_page_of_rules_is_refused_beside_its_field(
    superuser: User, logged_in: Callable[[User], Client], rules_page: BrandPage, home: HomePage
) -> None:
    other = factories.brand(home)
    other.holds_rules = True
    with pytest.raises(ValidationError, match="Règles") as refused:
        other.full_clean()
    assert "holds_rules" in refused.value.message_dict
    edit = logged_in(superuser).get(reverse("wagtailadmin_pages:edit", args=[other.pk]))
    assert edit.status_code == 200


def test_a_kit_costs_the_same_queries_whatever_its_files(
    visit: Client,
    home: HomePage,
    kit_page: BrandPage,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    rows = [BrandFile(document=factories.document(f"f{n}.txt")) for n in range(20)]
    large = factories.brand(home, slug="grand", file_rows=rows)
    visit.get(kit_page.url)
    visit.get(large.url)
    with django_assert_max_num_queries(14) as small_one:
        visit.get(kit_page.url)
    with django_assert_max_num_queries(14) as large_one:
        visit.get(large.url)
    assert len(small_one) == len(large_one)

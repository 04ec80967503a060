"""A draft shown to an outsider: what opens, what does not, and what is kept of their word."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from editorial.models import DeskKey, DraftLink, DraftOpinion, Message
from editorial.models.sharing import SALT
from home.models import ContentPage, HomePage
from members.models import User
from tests import factories


@pytest.fixture
def lien(brouillon: ContentPage, redactrice: User) -> DraftLink:
    brouillon.title = "Première version"
    revision = brouillon.save_revision(user=redactrice)
    link: DraftLink = DraftLink.objects.create(
        page=brouillon,
        revision=revision,
        for_whom="Une financeuse",
        created_by=redactrice,
        ends_on=timezone.localdate() + datetime.timedelta(days=3),
    )
    return link


def seen(link: DraftLink, token: str = "") -> Any:
    return Client().get(f"/apercu/{token or link.token}/")


def share(page: Page, who: User, logged_in: Any, **data: Any) -> Any:
    day = timezone.localdate() + datetime.timedelta(days=data.pop("days", 3))
    form = {"for_whom": "Une financeuse", "ends_on": day.isoformat(), **data}
    return logged_in(who).post(f"/admin/bureau/pages/{page.pk}/partager/", form)


def test_the_address_shows_its_revision_with_a_banner_and_to_no_robot(lien: DraftLink) -> None:
    page = lien.page.specific
    page.title = "Deuxième version"
    page.save_revision()
    answer = seen(lien)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Première version" in text
    assert "Deuxième version" not in text
    assert "Une financeuse" in text
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_forged_addresses_are_no_page(lien: DraftLink, home: HomePage) -> None:
    other = factories.content(home, slug="autre", live=False).save_revision()
    told = {"l": lien.pk, "p": lien.page_id, "r": lien.revision_id}
    for token in (
        "abc",
        lien.token[:-2] + ("AA" if lien.token[-2:] != "AA" else "BB"),
        signing.dumps(told, salt="another"),
        signing.dumps({**told, "r": other.pk}, salt=SALT),
        signing.dumps({**told, "p": home.pk}, salt=SALT),
        signing.dumps({**told, "l": "x"}, salt=SALT),
        signing.dumps([1], salt=SALT),
    ):
        assert seen(lien, token).status_code == 404


def test_an_address_ends_on_its_day_and_when_it_is_revoked(
    lien: DraftLink, redactrice: User, logged_in: Any
) -> None:
    with time_machine.travel(timezone.now() + datetime.timedelta(days=5)):
        assert seen(lien).status_code == 410
    assert seen(lien).status_code == 200
    logged_in(redactrice).post(f"/admin/bureau/partages/{lien.pk}/revoquer/")
    over = seen(lien)
    assert over.status_code == 410
    assert "Première version" not in over.content.decode()
    assert Client().post(f"/apercu/{lien.token}/", {"name": "A", "word": "B"}).status_code == 410
    assert not DraftOpinion.objects.exists()


def test_a_word_is_kept_once_as_a_comment_and_approves_nothing(
    submitted: ContentPage, redactrice: User, logged_in: Any
) -> None:
    share(submitted, redactrice, logged_in)
    link = DraftLink.objects.get()
    state = submitted.current_workflow_task_state
    said = {"name": "Claire", "word": "Très juste", "favourable": "on"}
    for _turn in range(2):
        answer = Client().post(f"/apercu/{link.token}/", said)
        assert answer.status_code == 302
    assert DraftOpinion.objects.get().favourable
    told = Message.objects.get(kind="outside")
    assert told.recipient == redactrice
    for words in ("Claire (Une financeuse)", "Très juste", "avis favorable"):
        assert words in told.text
    entry = PageLogEntry.objects.get(action="editorial.outside_opinion")
    assert "Claire" in entry.data["comment"]
    page = Page.objects.get(pk=submitted.pk)
    assert page.current_workflow_task_state == state
    assert not page.live
    assert (
        "Très juste"
        in logged_in(redactrice).get(f"/admin/bureau/pages/{page.pk}/partager/").content.decode()
    )


def test_an_empty_opinion_is_an_error_beside_the_field(lien: DraftLink) -> None:
    answer = Client().post(f"/apercu/{lien.token}/", {"name": "Claire"})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


def test_a_reserved_page_only_by_the_deliberate_word_of_validation(
    home: HomePage, redactrice: User, validatrice: User, logged_in: Any
) -> None:
    page = factories.content(home, slug="interne", summary="S.", live=False, audience="members")
    page.save_revision()
    assert share(page, redactrice, logged_in, reserved_allowed="on").status_code in (302, 403)
    assert share(page, validatrice, logged_in).status_code == 200
    assert not DraftLink.objects.exists()
    share(page, validatrice, logged_in, reserved_allowed="on")
    assert seen(DraftLink.objects.get()).status_code == 200


def test_a_page_that_became_reserved_closes_its_addresses(lien: DraftLink) -> None:
    page = lien.page.specific
    page.audience = "members"
    page.save_revision().publish()
    assert seen(lien).status_code == 410


def test_a_brand_draft_is_reserved_by_its_type(
    marque: Any, redactrice: User, logged_in: Any
) -> None:
    marque.save_revision()
    share(marque, redactrice, logged_in, reserved_allowed="on")
    assert not DraftLink.objects.exists()


@pytest.mark.parametrize("days", [-1, 400])
def test_an_end_date_out_of_reason_is_an_error_at_its_field(
    lien: DraftLink, redactrice: User, logged_in: Any, days: int
) -> None:
    answer = share(lien.page, redactrice, logged_in, days=days)
    assert "ends_on" in answer.context["form"].errors


def test_who_does_not_work_on_the_page_neither_shares_nor_revokes(
    lien: DraftLink, adherent: User, logged_in: Any
) -> None:
    share(lien.page, adherent, logged_in)
    logged_in(adherent).post(f"/admin/bureau/partages/{lien.pk}/revoquer/")
    assert DraftLink.objects.get().revoked_at is None


def test_the_private_calendar_opens_by_its_key_until_it_is_revoked(
    redactrice: User, validatrice: User, home: HomePage, logged_in: Any
) -> None:
    later = timezone.now() + datetime.timedelta(days=2)
    factories.content(home, slug="court", title="Page brève", summary="S.", expire_at=later)
    logged_in(validatrice).post("/admin/bureau/calendrier/adresse/")
    old = DeskKey.objects.get().token
    answer = Client().get(f"/bureau/calendrier/{old}.ics")
    assert "Page brève" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    logged_in(validatrice).post("/admin/bureau/calendrier/adresse/")
    assert Client().get(f"/bureau/calendrier/{old}.ics").status_code == 404
    new = DeskKey.objects.get().token
    validatrice.groups.clear()
    assert Client().get(f"/bureau/calendrier/{new}.ics").status_code == 404
    logged_in(redactrice).post("/admin/bureau/calendrier/adresse/", {"action": "revoke"})
    assert DeskKey.objects.filter(user=validatrice).exists()

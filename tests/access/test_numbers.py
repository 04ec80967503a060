"""Numbers in addresses: another's number opens nothing and changes nothing, whoever sends it.

Every address of our own that holds a number, of an object that is not the visitor's, asked and
sent by people who have no right over it. A new address of that kind fails here until it is in the
table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.models import Locale

from events.models import Proposal
from home.models import HomePage
from members.models import AccessRequest, Affiliation, GardenImport, Invitation, User
from newsletter.models import Subscriber
from tests import factories
from tests.editorial.conftest import brouillon  # noqa: F401 (a fixture)

OWN = ("editorial", "events", "home", "members", "newsletter", "resources", "site_cocagne")
# Where somebody without a right is sent.
DOORS = {"/mon-espace/connexion/", "/admin/login/", "/admin/"}

Numbers = dict[str, list[Any]]


def addresses_with_numbers(resolver: Any, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Names of the addresses of our own views that hold a number."""
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            assert "<int:" not in str(one.pattern), f"{one}: a number above its addresses"
            yield from addresses_with_numbers(one, inner)
            continue
        view = getattr(one.callback, "view_class", one.callback)
        ours = view.__module__.split(".")[0] in OWN
        if ours and one.name and "<int:" in str(one.pattern):
            yield ":".join((*spaces, one.name))


@pytest.fixture
def numbers(home: HomePage, agenda: Any, brouillon: Any, redactrice: User) -> Numbers:  # noqa: F811
    """An object of somebody else for each address; none of them is public."""
    garden = factories.garden()
    colleague = factories.member(garden)
    invitation = Invitation.objects.create(email="b@exemple.fr", garden=garden)
    asked = AccessRequest.objects.create(
        email="a@exemple.fr", first_name="A", last_name="B", garden_name="C"
    )
    brought = GardenImport.objects.create(made_by=redactrice, name="jardins.csv", text="nom\n")
    day = timezone.localdate()
    event = factories.event(agenda, live=False, title="Ébauche", start_date=day)
    proposal = Proposal.objects.create(
        user=colleague, page=event, title=event.title, start_date=day
    )
    subscriber = Subscriber.objects.create(address="lectrice@exemple.fr")
    picture = factories.image(description="Une serre")
    brouillon.picture = picture
    brouillon.save_revision()
    rendition = picture.get_rendition("width-320")
    affiliation = Affiliation.objects.get(user=colleague)
    document = factories.document()
    link = apps.get_model("editorial", "DraftLink")._default_manager.create(
        page=brouillon,
        revision=brouillon.latest_revision,
        for_whom="Une financeuse",
        created_by=redactrice,
        ends_on="2099-01-01",
    )
    english = Locale.objects.get_or_create(language_code="en")[0]
    of_page = {
        name: [brouillon.pk] for name in ("care", "share", "verify", "submit", "judge", "emergency")
    }
    return {
        "wagtaildocs_serve": [document.pk, document.filename],
        "reserved_picture": [rendition.pk, "a.png"],
        "wagtailadmin_api:documents:detail": [document.pk],
        "wagtailadmin_api:images:detail": [picture.pk],
        "events_series": [event.pk],
        "events_proposal_for_the_team": [event.pk],
        "events_proposal": [proposal.pk],
        "newsletter_admin:trail": [subscriber.pk],
        "newsletter_admin:erase": [subscriber.pk],
        "gardens_file:check": [brought.pk],
        "accessrequest:inspect": [asked.pk],
        "accessrequest:refuse": [asked.pk],
        "invitation:resend": [invitation.pk],
        "invitation:revoke": [invitation.pk],
        "editorial:translation_begin": [brouillon.pk, english.pk],
        "editorial:translation_sync": [1],
        "editorial:share_revoke": [link.pk],
        "shelf_keep": [brouillon.pk],
        "members:garden_people": [garden.pk],
        "members:resend": [invitation.pk],
        "members:revoke": [invitation.pk],
        "members:end_affiliation": [affiliation.pk],
        **{f"editorial:{name}": found for name, found in of_page.items()},
    }


def test_every_address_of_ours_that_holds_a_number_is_in_the_table(numbers: Numbers) -> None:
    found = set(addresses_with_numbers(get_resolver()))
    assert found - numbers.keys() == set()


def everything() -> dict[str, str]:
    """All rows of our own tables, as text, by model."""
    return {
        model._meta.label: serializers.serialize("json", model._base_manager.order_by("pk"))
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OWN and model._meta.managed
    }


@pytest.mark.parametrize("who", ["nobody", "sans_affiliation", "adherent", "referent elsewhere"])
def test_another_s_number_opens_nothing_and_changes_nothing(
    who: str, numbers: Numbers, client: Client, logged_in: Callable[[User], Client], request: Any
) -> None:
    browser = client
    if who == "referent elsewhere":
        browser = logged_in(factories.member(role=Affiliation.Role.REFERENT))
    elif who != "nobody":
        browser = logged_in(request.getfixturevalue(who))
    before = everything()
    form = {
        "email": "x@exemple.fr",
        "role": "referent",
        "title": "Pris",
        "reason": "Une raison.",
        "comment": "Un mot.",
        "action": "approve",
        "for_whom": "Moi",
        "ends_on": "2098-01-01",
    }
    for name, number in numbers.items():
        address = reverse(name, args=number)
        for answer in (browser.get(address), browser.post(address, form)):
            assert answer.status_code in {302, 403, 404, 405}, (name, answer.status_code)
            if answer.status_code == 302:  # to a door, never to what was done
                door = answer["Location"].partition("?")[0]
                assert door in DOORS, (name, answer["Location"])
    after = everything()
    assert {label for label in before if before[label] != after[label]} == set()

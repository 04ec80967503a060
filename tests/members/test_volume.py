"""Members made for measuring are members like others, and nobody logs in as one of them."""

from __future__ import annotations

import pytest

from members.models import Affiliation, User
from members.volume import seed_members

pytestmark = pytest.mark.django_db


def test_members_in_bulk_have_a_garden_and_a_contact_person_and_no_password() -> None:
    assert seed_members(45) == 45
    assert seed_members(5) == 5
    assert User.objects.count() == 50
    assert Affiliation.objects.filter(role=Affiliation.Role.REFERENT).count() == 3 + 1
    assert Affiliation.objects.current().exists()
    assert not any(user.has_usable_password() for user in User.objects.all())

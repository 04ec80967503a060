"""One account a role, for a newcomer's machine only (``DEMONSTRATION_ACCOUNTS``)."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from site_cocagne import roles

from .models import Affiliation, Garden, User

PASSWORD = "panier-de-saison"  # noqa: S105 (printed on the terminal on purpose)
DOMAIN = "exemple.fr"
GARDEN = "Jardin de démonstration"

STAFF = (
    ("redaction", roles.WRITER),
    ("validation", roles.APPROVER),
    ("marque", roles.BRAND_OWNER),
    ("referente", roles.EXPERT),
    ("vie-du-reseau", roles.NETWORK_LIFE),
    ("technique", roles.TECHNICAL),
)


@transaction.atomic
def make_accounts() -> list[tuple[str, str, str]]:
    """Make the missing ones and give them all as (role, e-mail, password).

    An account that exists is left as it is: its password may have been changed since.
    """
    if not settings.DEMONSTRATION_ACCOUNTS:
        raise ImproperlyConfigured("Demonstration accounts are for the development settings.")
    accounts = [("Superuser", _account("superuser", superuser=True).email, PASSWORD)]
    for name, role in STAFF:
        user = _account(name)
        user.groups.add(Group.objects.get(name=role.name))
        accounts.append((role.name, user.email, PASSWORD))
    garden, _ = Garden.objects.get_or_create(
        name=GARDEN,
        defaults={"membership_valid_until": timezone.localdate() + datetime.timedelta(days=365)},
    )
    for name, place, words in (
        ("adherente", Affiliation.Role.MEMBER, "Adhérent·e"),
        ("jardin", Affiliation.Role.REFERENT, "Référent·e d’un jardin"),
    ):
        user = _account(name)
        Affiliation.objects.get_or_create(user=user, garden=garden, defaults={"role": place})
        accounts.append((words, user.email, PASSWORD))
    return accounts


def _account(name: str, *, superuser: bool = False) -> User:
    email = f"{name}@{DOMAIN}"
    if user := User.objects.filter(email=email).first():
        return user
    if superuser:
        return User.objects.create_superuser(email, PASSWORD)
    return User.objects.create_user(email, PASSWORD)

"""One spelling for each e-mail address, and the addresses that are refused.

An address is compared, kept and written to in one spelling: compatibility characters folded
(NFKC), lower case, the domain in its ASCII form (IDNA), needless quotes gone. What stands after
a plus belongs to the reader and is kept.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from unicodedata import category, normalize

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

MAX_ADDRESS = 254  # RFC 5321, 4.5.3.1.3 less the angle brackets
MAX_LOCAL_PART = 64
DISPOSABLE = Path(__file__).parent / "data" / "disposable_domains.txt"

NEEDLESSLY_QUOTED = re.compile(
    r'^"([a-z0-9!#$%&\'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&\'*+/=?^_`{|}~-]+)*)"$'
)
_validate = EmailValidator()


def normalise_address(raw: str) -> str:
    """The one spelling of an address; ``ValidationError`` says what is wrong with it."""
    text = normalize("NFKC", raw).strip()
    if len(text) > MAX_ADDRESS:
        raise ValidationError(_("This address is too long: mail cannot be sent to it."))
    if any(category(character).startswith(("C", "Z")) for character in text):
        raise ValidationError(_("An address holds no space and no line break. Give one address."))
    local, at, domain = text.rpartition("@")
    if not at or "@" in local.strip('"') or any(mark in text for mark in ",;<>"):
        raise ValidationError(_("Give one address, such as name@example.org."))
    local = local.lower()
    if not local.isascii():
        raise ValidationError(
            _("Letters with accents before the @ do not reach every mail server: please check.")
        )
    if unquoted := NEEDLESSLY_QUOTED.match(local):
        local = unquoted.group(1)
    address = f"{local}@{_ascii_domain(domain)}"
    if len(local) > MAX_LOCAL_PART or len(address) > MAX_ADDRESS:
        raise ValidationError(_("This address is too long: mail cannot be sent to it."))
    try:
        _validate(address)
    except ValidationError:
        raise ValidationError(_("Give one address, such as name@example.org.")) from None
    return address


def _ascii_domain(domain: str) -> str:
    """The domain as mail servers look it up."""
    domain = domain.lower().rstrip(".")
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise ValidationError(_("Give one address, such as name@example.org.")) from None


def address_key(address: str) -> str:
    """A keyed hash of a normalised address (64 hexadecimal digits): finds it, tells nothing."""
    return salted_hmac("newsletter.address", address, algorithm="sha256").hexdigest()


@functools.cache
def disposable_domains() -> frozenset[str]:
    """The domains of throw-away addresses that come with the site."""
    lines = DISPOSABLE.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")


def is_disposable(address: str, more: str = "") -> bool:
    """Does the address belong to a refused domain, or to a name below one?

    ``more``: further domains, one a line, as the team wrote them.
    """
    refused = disposable_domains() | {line.strip().lower() for line in more.splitlines()}
    labels = address.rpartition("@")[2].split(".")
    return any(".".join(labels[start:]) in refused for start in range(len(labels) - 1))

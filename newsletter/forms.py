"""The sign-up form. It never says whether an address is known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .addresses import is_disposable, normalise_address
from .lists import GENERAL, Lists

MAX_RAW = 400  # what is read of an address before it is judged


class AddressField(forms.CharField):
    """One address in its one spelling."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        # strip=False: a line break inside or after the address must be seen, not repaired.
        super().__init__(**{"strip": False, "label": _("Your e-mail address"), **kwargs})
        self.widget.attrs.update(
            {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
        )

    def clean(self, value: Any) -> str:
        raw = super().clean(value)
        return normalise_address(raw[:MAX_RAW]) if raw else ""


class SignupForm(forms.Form):
    """An address, the letters wished, and the traps. ``lists``: what is offered."""

    email = AddressField()
    lists = forms.MultipleChoiceField(
        label=_("Which letters?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    # A trap: hidden from people, filled in by programs that fill in everything.
    website = forms.CharField(required=False, max_length=200)
    token = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    altcha = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lists: Lists, refused_domains: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "lettre-%s")
        super().__init__(*args, **kwargs)
        self.offered = lists
        self.refused_domains = refused_domains
        self.fields["lists"].choices = list(lists.items())  # type: ignore[attr-defined]
        self.fields["lists"].initial = [GENERAL]

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if is_disposable(address, self.refused_domains):
            raise ValidationError(
                _("Throw-away addresses are not taken: the letter would never arrive.")
            )
        return address

    def clean_lists(self) -> list[str]:
        """The lists chosen; the general one where the form showed none to choose from."""
        return self.cleaned_data["lists"] or [GENERAL]

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website"))


class ManageForm(forms.Form):
    """The letters and the language of somebody who came by a signed link."""

    lists = forms.MultipleChoiceField(
        label=_("Your letters"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Language of the letters"))

    def __init__(
        self, *args: Any, lists: Lists, languages: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lists"].choices = list(lists.items())  # type: ignore[attr-defined]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]

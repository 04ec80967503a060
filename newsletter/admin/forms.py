"""Forms of the team's screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from site_cocagne.core.listing import ListingForm

from ..models import State, Subscriber

MAX_FILE = 5 * 1024 * 1024  # bytes of an import


class SubscriberFilter(ListingForm):
    """Search by a part of the address, by state and by letter."""

    q = forms.CharField(label=_("Address"), required=False, max_length=254)
    state = forms.ChoiceField(label=_("State"), required=False)
    letter = forms.ChoiceField(label=_("Letter"), required=False)

    def __init__(self, data: Any, lists: dict[str, str]) -> None:
        anything = ("", _("All"))
        super().__init__(
            data,
            {
                "state": [anything, *State.choices],
                "letter": [anything, *lists.items()],
            },
        )

    def apply(self, queryset: QuerySet[Subscriber]) -> Any:
        values = self.values
        if words := values.get("q"):
            queryset = queryset.filter(address__contains=words.strip().lower())
        state, letter = values.get("state", ""), values.get("letter", "")
        if state:
            return queryset.in_state(state, letter)  # type: ignore[attr-defined]
        if letter:
            return queryset.filter(
                pk__in=Subscriber.objects.filter(subscriptions__list_key=letter).values("pk")
            )
        return queryset


class ImportForm(forms.Form):
    """A file of addresses, each with the proof that its owner agreed."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "Columns: address, letters (separated by spaces), language, consented_on "
            "(2026-05-31), proof (where and how the person agreed)."
        ),
    )

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB: cut it into several."))
        try:
            text: str = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not in UTF-8.")) from None
        if "\x00" in text:
            raise forms.ValidationError(_("The file is not in UTF-8."))
        return text

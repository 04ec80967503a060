"""What the whole site shares: its menu, its foot, the association's own details."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page


class PageLink(Orderable):
    """A page in a menu. Its words are the page's own short title, so that they are translated."""

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        abstract = True


@register_setting(icon="list-ul", order=100)
class Navigation(BaseSiteSetting, ClusterableModel):
    """Main menu and links of the foot: French pages; other languages show their translations."""

    panels = [
        InlinePanel(
            "menu_items",
            label=_("Page"),
            heading=_("Main menu"),
            help_text=_("Five to seven pages. Other languages show those that are translated."),
        ),
        InlinePanel("footer_links", label=_("Page"), heading=_("Links at the foot of every page")),
    ]

    class Meta:
        verbose_name = _("menus")


class MenuItem(PageLink):
    navigation = ParentalKey(Navigation, on_delete=models.CASCADE, related_name="menu_items")


class FooterLink(PageLink):
    navigation = ParentalKey(Navigation, on_delete=models.CASCADE, related_name="footer_links")


@register_setting(icon="home", order=110)
class Organisation(BaseSiteSetting):
    """How to reach the association; shown at the foot of every page."""

    name = models.CharField(_("name"), max_length=120, default="Réseau Cocagne")
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    address = models.TextField(_("address"), blank=True, max_length=300)

    panels = [
        FieldPanel("name"),
        FieldPanel("email"),
        FieldPanel("phone"),
        FieldPanel("address"),
    ]

    class Meta:
        verbose_name = _("the association")


class StarterContentLoad(models.Model):
    """The mark that starter content was loaded: what editors deleted since does not come back."""

    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.loaded_at:%Y-%m-%d}"

"""Who may change what, as plain data. ``manage.py sync_roles`` puts it in place.

A role is a group of Django. Page rights are given over sections (the homes of all languages,
the brand sections of all languages); rights over pictures and documents over the root
collection. Nothing here is ever given by a migration.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Section(StrEnum):
    """Parts of the tree over which rights are given."""

    SITE = "site"
    BRAND = "brand"


@dataclass(frozen=True)
class Role:
    """Rights of a group.

    ``pages`` gives page actions a section, ``files`` actions over pictures and documents,
    ``permissions`` further rights as ``app_label.codename``.
    """

    name: str
    pages: dict[Section, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """A step of a workflow: the kind of task as ``app_label.Model``, and the groups it asks."""

    name: str
    task: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """A workflow over a section, in every language; the steps in their order."""

    name: str
    section: Section
    steps: tuple[Step, ...]


ENTER_ADMIN = "wagtailadmin.access_admin"
USE_DESK = "editorial.use_desk"


def every_right(*models: str) -> tuple[str, ...]:
    """View, add, change and delete for each ``app_label.model``."""
    return tuple(
        f"{app}.{action}_{model}"
        for app, model in (label.split(".") for label in models)
        for action in ("view", "add", "change", "delete")
    )


SEARCH = ("core.synonymgroup", "core.searchpin")
SEARCH_REPORTS = (
    "core.view_fruitlesssearch",
    "core.delete_fruitlesssearch",
    "core.view_documenttext",
    "resources.view_dailyuse",
)
TAXONOMY = ("core.mission", "core.theme", "core.contact", "core.partner")

SUBSCRIBERS = tuple(
    f"newsletter.{action}_subscriber" for action in ("view", "delete", "export", "import")
)

WRITER = Role(
    name="Rédaction",
    pages={Section.SITE: ("add", "change")},
    files=("add", "choose"),
    permissions=(
        ENTER_ADMIN,
        "newsletter.view_subscriber",
        USE_DESK,
        *(
            f"core.{action}_{model}"
            for action in ("view", "add", "change")
            for model in ("contact",)
        ),
        "core.view_mission",
        "core.view_theme",
        "core.view_partner",
        *SEARCH_REPORTS,
    ),
)
APPROVER = Role(
    name="Validation",
    pages={Section.SITE: ("add", "change", "publish", "lock", "unlock")},
    files=("add", "change", "choose"),
    permissions=(
        ENTER_ADMIN,
        *SUBSCRIBERS,
        "newsletter.change_newslettersettings",
        "newsletter.send_letter",
        USE_DESK,
        "editorial.publish_in_emergency",
        "editorial.share_reserved_draft",
        *every_right(*TAXONOMY, *SEARCH),
        *SEARCH_REPORTS,
        "core.change_navigation",
        "core.change_organisation",
        *every_right("wagtailredirects.redirect"),
        # It can put a translation online without review: nobody below this role has it.
        "wagtail_localize.submit_translation",
    ),
)
BRAND_OWNER = Role(
    name="Marque",
    pages={Section.BRAND: ("change", "publish")},
    files=("add", "choose"),
    # Who accepted which rules of use, and when.
    permissions=(ENTER_ADMIN, USE_DESK, "members.view_brandacceptance"),
)
EXPERT = Role(name="Référent·e·s métier", permissions=(ENTER_ADMIN, USE_DESK))
NETWORK_LIFE = Role(
    name="Vie du réseau",
    permissions=(
        ENTER_ADMIN,
        *SUBSCRIBERS,
        *every_right("members.garden"),
        # People come by invitation: an affiliation is changed and ended, never made by hand.
        *(f"members.{action}_affiliation" for action in ("view", "change")),
        *(f"members.{action}_invitation" for action in ("view", "add", "delete")),
        *(f"members.{action}_accessrequest" for action in ("view", "delete")),
        "members.view_brandacceptance",
    ),
)
TECHNICAL = Role(
    name="Administration technique",
    pages={Section.SITE: ("add", "change", "publish", "bulk_delete", "lock", "unlock")},
    files=("add", "change", "choose"),
    permissions=(
        ENTER_ADMIN,
        *SUBSCRIBERS,
        "newsletter.change_newslettersettings",
        USE_DESK,
        *every_right(
            *TAXONOMY,
            *SEARCH,
            "members.user",
            "auth.group",
            "wagtailcore.site",
            "wagtailcore.locale",
            "wagtailcore.collection",
            "wagtailcore.workflow",
            "wagtailcore.task",
            "wagtailredirects.redirect",
        ),
        "core.change_navigation",
        "core.change_organisation",
        "wagtail_localize.submit_translation",
    ),
)

ROLES = (WRITER, APPROVER, BRAND_OWNER, EXPERT, NETWORK_LIFE, TECHNICAL)

OPINION = Step("Avis métier", "editorial.AdviceTask", (EXPERT.name,))
APPROVAL = Step("Validation", "editorial.ApprovalTask", (APPROVER.name,))
BRAND_APPROVAL = Step("Marque", "editorial.ApprovalTask", (BRAND_OWNER.name,))

WORKFLOWS = (
    Review("Relecture", Section.SITE, (OPINION, APPROVAL)),
    Review("Marque", Section.BRAND, (APPROVAL, BRAND_APPROVAL)),
)

# Made by Wagtail's own migrations; their rights are taken away and the workflow switched off.
RETIRED_GROUPS = ("Editors", "Moderators")
RETIRED_WORKFLOWS = ("Moderators approval",)

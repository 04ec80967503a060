"""How many resources have each value of each facet, for any filter, without reading them all.

For each toolbox and each value of a facet a row holds a set of resources as bits: bit *n* of
block *b* stands for the page number ``b × BLOCK + n``. Counting is then « and » and a count of
bits, which costs the same for a thousand resources as for a hundred thousand. Exposure is a
facet here too: what somebody may see is the union of the exposures within their reach, where
``access.reach_below`` says that exposure alone decides; where it does not, the list is counted
by the statement of ``core.facets`` as any other.

``Tallied`` remembers under which values a resource stands, so that a change takes its old bits
away. ``refresh`` compares with what the database holds now: calling it once too often does
nothing. What is written behind its back (in bulk) is put right by ``rebuild``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from site_cocagne.core import access
from site_cocagne.core.facets import Counts
from site_cocagne.core.models import Exposure

from .models import ResourceMission, ResourcePage, ResourceTheme, ToolboxPage

if TYPE_CHECKING:
    from .filters import ToolboxFilter

BLOCK = 1 << 16  # pages a row: 8 kB of bits
CHUNK = 2000
EXPOSURE = "exposure"
READY = ""  # the facet of the row that says: this toolbox is tallied

Value = tuple[str, str]  # facet, value
Facts = tuple[int, frozenset[Value]]  # toolbox, values


class FacetBits(models.Model):
    """The published resources of a toolbox that have one value, as bits, least first."""

    toolbox = models.ForeignKey(ToolboxPage, on_delete=models.CASCADE, related_name="+")
    facet = models.CharField(max_length=12, blank=True)
    value = models.CharField(max_length=60, blank=True)
    block = models.PositiveIntegerField(default=0)
    bits = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["toolbox", "facet", "value", "block"], name="resource_facet_bits_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.facet}:{self.value} {self.block}"


class Tallied(models.Model):
    """The values under which a published resource is counted.

    Outlives the resource, whose number it has, until its bits are taken out.
    """

    page = models.PositiveBigIntegerField(primary_key=True)
    toolbox = models.ForeignKey(ToolboxPage, on_delete=models.CASCADE, related_name="+")
    values = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.page)

    @property
    def facts(self) -> Facts:
        return self.toolbox_id, frozenset((facet, value) for facet, value in self.values)


# --- counting ---------------------------------------------------------------------------------


def count(toolbox: ToolboxPage, form: ToolboxFilter, user: Any) -> Counts | None:
    """What ``form.counts`` says of what ``user`` sees, in one query; None: ask ``form.counts``."""
    reach = access.reach_below(user, toolbox, doors=True)
    sets = _sets(toolbox) if reach is not None else None
    if reach is None or sets is None:
        return None
    seen = 0
    for exposure, bits in sets.pop(EXPOSURE, {}).items():
        if int(exposure) <= reach:
            seen |= bits
        # As the facet of the filter has it: open, or more closed in whatever way.
        audience = "members" if int(exposure) > Exposure.OPEN else "public"
        sets["audience"][audience] = sets["audience"].get(audience, 0) | bits
    chosen = {
        facet.name: _union(sets[facet.name].get(value, 0) for value in values)
        for facet in form.facets
        if (values := form.cleaned_data.get(facet.name))
    }
    by_facet = {}
    for facet in form.facets:
        among = seen
        for name, bits in chosen.items():
            among &= bits if name != facet.name else seen
        counts = {value: (bits & among).bit_count() for value, bits in sets[facet.name].items()}
        by_facet[facet.name] = {value: number for value, number in counts.items() if number}
    for bits in chosen.values():
        seen &= bits
    return Counts(seen.bit_count(), by_facet)


def _union(sets: Iterable[int]) -> int:
    union = 0
    for bits in sets:
        union |= bits
    return union


def _sets(toolbox: ToolboxPage) -> defaultdict[str, dict[str, int]] | None:
    """Facet → value → set of pages, as one long number each; None: never tallied."""
    rows = FacetBits.objects.filter(toolbox=toolbox)
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for facet, value, block, bits in rows.values_list("facet", "value", "block", "bits"):
        number = int.from_bytes(bits, "little") << (block * BLOCK)
        found[facet][value] = found[facet].get(value, 0) | number
    return found if found.pop(READY, None) is not None else None


# --- keeping in step --------------------------------------------------------------------------


@transaction.atomic
def refresh(pages: Collection[int]) -> None:
    """Bring the bits of these resources in step with what the database holds of them now."""
    if not _concerned(pages):
        return
    toolboxes = _lock()
    tallied = Tallied.objects.filter(pk__in=pages, toolbox__in=toolboxes)
    known = {row.page: row.facts for row in tallied}
    now = dict(facts_of(pages))
    for toolbox in {facts[0] for facts in now.values()} - toolboxes:
        rebuild(toolbox)  # its first resource since it is tallied at all
        now = {page: facts for page, facts in now.items() if facts[0] != toolbox}
    changes = [page for page in {*known, *now} if known.get(page) != now.get(page)]
    if not changes:
        return
    _apply({page: known.get(page) for page in changes}, {page: now.get(page) for page in changes})
    Tallied.objects.filter(pk__in=[page for page in changes if page not in now]).delete()
    Tallied.objects.bulk_create(
        [_tallied(page, now[page]) for page in changes if page in now],
        update_conflicts=True,
        update_fields=["toolbox", "values"],
        unique_fields=["page"],
    )


def _concerned(pages: Collection[int]) -> bool:
    """Is any of them published, or counted as if it were? A draft costs this question alone."""
    published = ResourcePage.objects.filter(pk__in=pages, live=True).values_list("pk")
    return published.union(Tallied.objects.filter(pk__in=pages).values_list("pk")).exists()


def _lock() -> set[int]:
    """One writer at a time, over all toolboxes and in one order: no two can wait for each other."""
    ready = FacetBits.objects.select_for_update().filter(facet=READY).order_by("toolbox_id")
    return {row.toolbox_id for row in ready.only("toolbox_id")}


def _tallied(page: int, facts: Facts) -> Tallied:
    return Tallied(page=page, toolbox_id=facts[0], values=sorted(facts[1]))


def _apply(before: Mapping[int, Facts | None], after: Mapping[int, Facts | None]) -> None:
    """Take bits away and put bits in: one reading and one writing of the rows concerned."""
    flips: dict[tuple[int, str, str, int], int] = defaultdict(int)
    for page, old in before.items():
        new = after[page]
        for toolbox, facet, value in _keys(old) ^ _keys(new):
            flips[toolbox, facet, value, page // BLOCK] ^= 1 << page % BLOCK
    FacetBits.objects.bulk_create(
        [
            FacetBits(toolbox_id=toolbox, facet=facet, value=value, block=block)
            for toolbox, facet, value, block in flips
        ],
        ignore_conflicts=True,
    )
    rows = FacetBits.objects.filter(
        toolbox__in={key[0] for key in flips},
        value__in={key[2] for key in flips},
        block__in={key[3] for key in flips},
    )
    changed = []
    for row in rows:
        flip = flips.get((row.toolbox_id, row.facet, row.value, row.block))
        if flip:
            row.bits = _bytes(int.from_bytes(row.bits, "little") ^ flip)
            changed.append(row)
    FacetBits.objects.bulk_update(changed, ["bits"], batch_size=50)


def _keys(facts: Facts | None) -> set[tuple[int, str, str]]:
    return {(facts[0], facet, value) for facet, value in facts[1]} if facts else set()


def _bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def facts_of(pages: Collection[int] | models.QuerySet[Any, Any]) -> Iterator[tuple[int, Facts]]:
    """Published resources with their toolbox and their values, from the database."""
    shown = ResourcePage.objects.filter(pk__in=pages, live=True)
    rows = list(shown.values_list("pk", "path", "kind", "issued_on", "exposure"))
    above = {path[: -ResourcePage.steplen] for _pk, path, *_rest in rows}
    toolboxes = dict(ToolboxPage.objects.filter(path__in=above).values_list("path", "pk"))
    values: dict[int, set[Value]] = defaultdict(set)
    named: tuple[tuple[str, type[Any], str], ...] = (
        ("mission", ResourceMission, "mission__slug"),
        ("theme", ResourceTheme, "theme__slug"),
    )
    for facet, model, slug in named:
        of_pages = model.objects.filter(page_id__in=pages).order_by()
        for page, value in of_pages.values_list("page_id", slug):
            values[page].add((facet, value))
    for page, path, kind, issued_on, exposure in rows:
        toolbox = toolboxes.get(path[: -ResourcePage.steplen])
        if toolbox is not None:
            own = {("kind", kind), ("year", str(issued_on.year)), (EXPOSURE, str(exposure))}
            yield page, (toolbox, frozenset(own | values[page]))


@transaction.atomic
def rebuild_all() -> int:
    """Tally every toolbox anew; gives the number of published resources."""
    Tallied.objects.all().delete()
    return sum(map(rebuild, ToolboxPage.objects.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def rebuild(toolbox: int) -> int:
    """Tally a toolbox anew; gives the number of its published resources."""
    FacetBits.objects.get_or_create(toolbox_id=toolbox, facet=READY)
    _lock()
    FacetBits.objects.filter(toolbox=toolbox).exclude(facet=READY).delete()
    Tallied.objects.filter(toolbox=toolbox).delete()
    parent = ToolboxPage.objects.get(pk=toolbox)
    below = ResourcePage.objects.child_of(parent).filter(live=True).order_by("pk")
    pages = list(below.values_list("pk", flat=True))
    blocks: dict[tuple[str, str, int], bytearray] = defaultdict(lambda: bytearray(BLOCK // 8))
    for start in range(0, len(pages), CHUNK):
        facts = dict(facts_of(pages[start : start + CHUNK]))
        Tallied.objects.filter(pk__in=facts).delete()
        Tallied.objects.bulk_create([_tallied(page, own) for page, own in facts.items()])
        for page, (_toolbox, values) in facts.items():
            for facet, value in values:
                blocks[facet, value, page // BLOCK][page % BLOCK >> 3] |= 1 << (page & 7)
    FacetBits.objects.bulk_create(
        [
            FacetBits(toolbox_id=toolbox, facet=facet, value=value, block=block, bits=bytes(bits))
            for (facet, value, block), bits in blocks.items()
        ],
        batch_size=50,
    )
    return len(pages)

"""What the starter content is made of: plain, frozen data, before any model.

Rich text is HTML with the tags the editor allows. A link to a page of the site names its key,
``<a page="join">…</a>``; the loader puts the page’s number there once all pages exist.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

# Blocks of a story -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    text: str
    level: str = "h2"


@dataclass(frozen=True)
class Text:
    """Paragraphs and lists, as HTML."""

    html: str


@dataclass(frozen=True)
class Picture:
    """A drawing of ``pictures.DRAWINGS`` by its key; its alternative text comes with it."""

    key: str
    caption: str = ""


@dataclass(frozen=True)
class Quote:
    text: str
    author: str = ""
    role: str = ""


@dataclass(frozen=True)
class Callout:
    title: str
    html: str
    tone: str = "note"


@dataclass(frozen=True)
class Figures:
    """Pairs of a figure and what it counts."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Recording:
    """A sound or a film by the key of its file."""

    file: str
    caption: str = ""


@dataclass(frozen=True)
class Documents:
    title: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Questions:
    """Pairs of a question and its answer, the answer as HTML."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pages:
    title: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class ContactCard:
    contact: str


@dataclass(frozen=True)
class Button:
    """A link with words of its own, to a page of the site or elsewhere."""

    label: str
    page: str = ""
    url: str = ""


@dataclass(frozen=True)
class Signup:
    title: str
    text: str


Block = (
    Heading
    | Text
    | Picture
    | Quote
    | Callout
    | Figures
    | Table
    | Recording
    | Documents
    | Questions
    | Pages
    | ContactCard
    | Button
    | Signup
)
Story = tuple[Block, ...]


# Files -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """A PDF: the story it tells, under a title, with the picture at its head."""

    title: str
    label: str
    story: Story
    picture: str = ""
    licence: str = "CC BY-SA 4.0"
    summary: str = ""


@dataclass(frozen=True)
class Tab:
    """A sheet of a workbook. A cell that begins with ``=`` is a formula.

    ``heads`` are the rows (from 1) that hold headings, ``inputs`` the ranges a reader fills in,
    ``formats`` ranges with the number format of their cells.
    """

    title: str
    widths: tuple[int, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    heads: tuple[int, ...] = ()
    inputs: tuple[str, ...] = ()
    formats: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Workbook:
    title: str
    tabs: tuple[Tab, ...]


@dataclass(frozen=True)
class Sound:
    """A short tune; ``tune`` are steps of a scale. The transcript says what is heard."""

    title: str
    tune: tuple[int, ...]
    transcript: str


@dataclass(frozen=True)
class Film:
    """Pictures one after the other, each with its caption: a silent, subtitled film."""

    title: str
    shots: tuple[tuple[str, str], ...]
    transcript: str


@dataclass(frozen=True)
class Mark:
    """A picture of the brand kit, by its key in ``pictures.BRAND_MARKS``."""

    title: str
    key: str


File = Sheet | Workbook | Sound | Film | Mark


# Taxonomy ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mission:
    slug: str
    name: str
    people: str
    emblem: str


@dataclass(frozen=True)
class Theme:
    slug: str
    name: str
    missions: tuple[str, ...]


@dataclass(frozen=True)
class Contact:
    """A service of the network. Only one address of the network is known for sure."""

    name: str
    role: str
    email: str
    missions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Partner:
    name: str
    tie: str
    tile: str
    url: str = ""


# Pages -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    label: str
    page: str = ""
    url: str = ""


@dataclass(frozen=True)
class Page:
    """What every page has. ``slug`` is the last part of its address."""

    slug: str
    title: str
    summary: str = ""
    picture: str = ""
    short_title: str = ""
    search_description: str = ""
    days_ago: int = 200


@dataclass(frozen=True)
class ContentPage(Page):
    body: Story = ()
    key: str = ""
    parent: str = "home"
    members: bool = False


@dataclass(frozen=True)
class Statement(ContentPage):
    """The accessibility statement; no audit was made yet."""

    failures: str = ""
    contact_email: str = ""


@dataclass(frozen=True)
class Ecodesign(ContentPage):
    """The ecodesign declaration; no assessment was made yet."""

    done: str = ""
    to_do: str = ""


@dataclass(frozen=True)
class Treatment:
    """A line of the register of personal data; ``when`` goes on from « Si vous »."""

    when: str
    data: str
    purpose: str
    duration: str


@dataclass(frozen=True)
class PersonalData(ContentPage):
    introduction: str = ""
    treatments: tuple[Treatment, ...] = ()
    cookies: str = ""
    rights: str = ""


@dataclass(frozen=True)
class LegalNotice(ContentPage):
    """Who publishes; what is not known yet is left to the association."""

    legal_form: str = ""


@dataclass(frozen=True)
class Topic:
    title: str
    html: str


@dataclass(frozen=True)
class MissionPage(Page):
    mission: str = ""
    your_mission: str = ""
    our_support: str = ""
    topics: tuple[Topic, ...] = ()
    body: Story = ()


@dataclass(frozen=True)
class Step:
    title: str
    html: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class JoinPage(Page):
    introduction: str = ""
    steps: tuple[Step, ...] = ()
    body: Story = ()


@dataclass(frozen=True)
class AlliancesPage(Page):
    introduction: str = ""
    body: Story = ()


@dataclass(frozen=True)
class NewsletterPage(Page):
    body: Story = ()
    consent: str = ""
    thanks: str = ""
    confirmed: str = ""
    goodbye: str = ""


@dataclass(frozen=True)
class BrandPage(Page):
    """``files`` are pairs of a file and the picture that shows what is in it, or nothing.

    ``rules`` says that the page holds the rules of use, accepted before the first download.
    """

    body: Story = ()
    files: tuple[tuple[str, str], ...] = ()
    rules: bool = False


@dataclass(frozen=True)
class Resource(Page):
    """``verified`` in days before the loading day; ``door`` only counts for members’ pages."""

    kind: str = "sheet"
    missions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    body: Story = ()
    files: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    authors: str = "Équipe du Réseau Cocagne"
    garden: str = ""
    licence: str = "cc-by-sa-4.0"
    verified: int | None = None
    members: bool = False
    door: str = "teaser"


# Events ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class When:
    """Days are counted from the loading day.

    A day that is not worked is moved to the next one (before the loading day: to the one before),
    unless ``any_day`` says that the event may fall on it.
    """

    day: int
    days: int = 1
    start: datetime.time | None = None
    end: datetime.time | None = None
    zone: str = "Europe/Paris"
    any_day: bool = False


@dataclass(frozen=True)
class Place:
    name: str
    address: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""


@dataclass(frozen=True)
class Event(Page):
    """An event of the agenda; ``previous_day`` is the first date of a postponed one."""

    kind: str = "regional"
    when: When = When(0)
    format: str = "onsite"
    place: Place = Place("")
    missions: tuple[str, ...] = ()
    organiser: str = "Réseau Cocagne"
    contact: str = ""
    price: str = ""
    access_needs: str = ""
    status: str = "confirmed"
    status_note: str = ""
    previous_day: int | None = None
    online_link: str = ""
    by_mail: bool = True
    deadline: int | None = None
    body: Story = ()
    report: Story = ()
    files: tuple[str, ...] = ()
    members: bool = False
    door: str = "teaser"


# The community page --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hero:
    title: str
    text: str
    picture: str
    buttons: tuple[Link, ...]
    quote: str
    author: str
    garden: str


@dataclass(frozen=True)
class Section:
    """Title and introduction of a section that the site fills by itself."""

    kind: str
    title: str
    intro: str = ""


@dataclass(frozen=True)
class Scheme:
    title: str
    html: str
    page: str


@dataclass(frozen=True)
class Schemes:
    title: str
    intro: str
    schemes: tuple[Scheme, ...]


@dataclass(frozen=True)
class Framework:
    title: str
    intro: str
    html: str
    requirements: tuple[tuple[str, str], ...]
    conclusion: str
    page: str


@dataclass(frozen=True)
class HomePage:
    title: str
    summary: str
    picture: str
    sections: tuple[Hero | Section | Schemes | Framework, ...] = field(default=())

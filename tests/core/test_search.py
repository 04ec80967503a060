"""The search: French as people write it, and nothing for those who may not read."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client

from home.models import HomePage
from members.models import User
from resources.models import ResourcePage, ToolboxPage
from site_cocagne.core.models import (
    Audience,
    Door,
    FruitlessSearch,
    SearchEntry,
    SearchPin,
    SynonymGroup,
)
from site_cocagne.core.search import synonyms
from site_cocagne.core.search.finding import Found, propose, search, slips, suggestions
from site_cocagne.core.search.question import ask
from tests import factories
from tests.conftest import BuildOnce

pytestmark = pytest.mark.django_db

# Resources by a short name: title, summary.
TEXTS = {
    "maraichage": ("Débuter en maraîchage biologique", "Planches, outils, rotations."),
    "oeuvre": ("Main-d’œuvre et saisonnalité", "Organiser le travail des équipes au fil de l’an."),
    "panier": ("Composer les paniers de la semaine", "Cinq à sept légumes, toute l’année."),
    "solidaire": ("Les paniers solidaires, mode d’emploi", "Rendre les légumes accessibles."),
    "aci": ("Conventionner un atelier et chantier d’insertion", "Le dialogue avec la DDETS."),
    "cddi": ("Le contrat à durée déterminée d’insertion pas à pas", "Recruter, suivre, évaluer."),
    "tsf": ("Réussir un transfert de savoir-faire", "Une journée avec un jardin expert."),
    "asp": ("L’accompagnement socioprofessionnel au quotidien", "Entretiens, freins, projets."),
    "serre": ("Choisir et monter une serre bi-tunnel", "Dimensions, aération, budget."),
    "eau": ("Économiser l’eau d’irrigation", "Goutte-à-goutte, paillage, sondes."),
    "compost": ("Fabriquer son compost", "Matières, retournements, température."),
    "semence": ("Produire ses semences paysannes", "Porte-graines, tri, conservation."),
    "foncier": ("Trouver et sécurisér du foncier agricole", "Bail rural, SAFER, communes."),
    "prix": ("Fixer ses prix de vente", "Coûts de revient et marges."),
    "compta": ("Tableau de bord économique du jardin", "Suivre le chiffre d’affaires."),
    "haccp": ("Hygiène et transformation des légumes", "Plan de maîtrise sanitaire, HACCP."),
    "confiture": ("Cuisiner les surplus : coulis, soupes et conserves", "Lutter contre le gaspi."),
    "ecole": ("Accueillir une classe au jardin", "Animation pédagogique et sécurité."),
    "verger": ("Planter un verger de plein vent", "Espèces, porte-greffes, taille."),
    "poule": ("Un poulailler de pondeuses", "Bâtiment mobile, œufs, normes."),
    "espaces": ("Entretenir des espaces verts sans pesticide", "Devis, matériel, équipes."),
    "bureau": ("Animer la vie associative", "Conseil d’administration et bénévoles."),
    "emancipation": ("Fiches chiches : l’émancipation des personnes", "Expérimenter au jardin."),
    "tzcld": ("Territoires zéro chômeur de longue durée", "Ce que les jardins y font."),
    "climat": ("S’adapter au changement climatique", "Sécheresses, canicules, pratiques."),
    "mildiou": ("Reconnaître et prévenir le mildiou", "Tomates et pommes de terre."),
    "facebook": ("Communiquer sur les réseaux sociaux", "Photos, rythme, charte."),
    "adherents": ("Fidéliser les adhérent·e·s consommateur·rice·s", "Du panier au lien."),
    "securite": ("Prévenir les troubles musculosquelettiques", "Gestes et postures."),
    "incubateur": ("Ouvrir une couveuse d’activités agricoles", "Tester son projet."),
}

# What people write, and what they must find first.
QUERIES = [
    ("maraichage", "maraichage"),
    ("maraîchage", "maraichage"),
    ("MARAÎCHAGE BIO", "maraichage"),
    ("maraîchers biologiques", "maraichage"),
    ("débuter", "maraichage"),
    ("œuvre", "oeuvre"),
    ("oeuvre", "oeuvre"),
    ("main d'oeuvre", "oeuvre"),
    ("main-d’œuvre", "oeuvre"),
    ("saisonnalite", "oeuvre"),
    ("composer un panier", "panier"),
    ("paniers de la semaine", "panier"),
    ("panier solidaire", "solidaire"),
    ("paniers solidaires", "solidaire"),
    ("« paniers solidaires »", "solidaire"),
    ("ACI", "aci"),
    ("aci", "aci"),
    ("ateliers et chantiers d'insertion", "aci"),
    ("chantier d’insertion", "aci"),
    ("CDDI", "cddi"),
    ("contrat d'insertion", "cddi"),
    ("TSF", "tsf"),
    ("transferts de savoir faire", "tsf"),
    ("savoir-faire", "tsf"),
    ("ASP", "asp"),
    ("accompagnement socio-professionnel", "asp"),
    ("accompagner", "asp"),
    ("serres", "serre"),
    ("monter une serre", "serre"),
    ("bi-tunnels", "serre"),
    ("eau", "eau"),
    ("irriguer", "eau"),
    ("goutte à goutte", "eau"),
    ("composts", "compost"),
    ("semence paysanne", "semence"),
    ("fonciers", "foncier"),
    ("bail rural", "foncier"),
    ("fixer le prix", "prix"),
    ("prix de ventes", "prix"),
    ("tableaux de bord", "compta"),
    ("chiffre d'affaire", "compta"),
    ("haccp", "haccp"),
    ("transformer des légumes", "haccp"),
    ("conserve", "confiture"),
    ("coulis", "confiture"),
    ("gaspi", "confiture"),
    ("accueillir des classes", "ecole"),
    ("vergers", "verger"),
    ("porte greffe", "verger"),
    ("oeufs", "poule"),
    ("poulaillers", "poule"),
    ("espace vert", "espaces"),
    ("conseil d’administration", "bureau"),
    ("bénévole", "bureau"),
    ("emancipation", "emancipation"),
    ("zero chomeur", "tzcld"),
    ("TZCLD", "tzcld"),
    ("changements climatiques", "climat"),
    ("secheresse", "climat"),
    ("mildiou tomate", "mildiou"),
    ("réseau social", "facebook"),
    ("adhérente", "adherents"),
    ("consommateurs", "adherents"),
    ("troubles musculo", "securite"),
    ("couveuses", "incubateur"),
]


@pytest.fixture(scope="module")
def shelves(build_once: BuildOnce) -> dict[str, ResourcePage]:
    """The resources above; the synonyms are those a new site begins with."""

    def make() -> dict[str, ResourcePage]:
        synonyms.begin()
        toolbox = factories.toolbox(HomePage.objects.get(depth=2, locale__language_code="fr"))
        return {
            name: factories.resource(toolbox, title=title, summary=summary)
            for name, (title, summary) in TEXTS.items()
        }

    made: dict[str, ResourcePage] = build_once(make)
    return made


@pytest.fixture
def library(shelves: dict[str, ResourcePage], db: None) -> dict[str, ResourcePage]:
    return copy.deepcopy(shelves)


@pytest.fixture
def toolbox(shelves: dict[str, ResourcePage], db: None) -> ToolboxPage:
    """Where they stand."""
    return ToolboxPage.objects.get()


def found(words: str, who: Any) -> Found:
    return search(ask(words, "fr"), who)


def pages(words: str, who: Any) -> list[int | None]:
    return [match.page for match in found(words, who).matches]


def test_french_as_people_write_it_finds_the_resource_first(
    library: dict[str, ResourcePage], anonyme: AnonymousUser
) -> None:
    assert len(QUERIES) >= 60
    names = {page.pk: name for name, page in library.items()}
    answers = {words: (pages(words, anonyme) or [None])[0] for words, _name in QUERIES}
    wrong = [
        (words, name, names.get(answers[words] or 0))
        for words, name in QUERIES
        if names.get(answers[words] or 0) != name
    ]
    assert wrong == []


def test_the_last_word_may_be_unfinished(
    library: dict[str, ResourcePage], anonyme: AnonymousUser
) -> None:
    assert library["maraichage"].pk in pages("débuter en marai", anonyme)
    assert library["incubateur"].pk in pages("couv", anonyme)


def test_a_phrase_is_found_in_its_order_only(
    library: dict[str, ResourcePage], anonyme: AnonymousUser
) -> None:
    assert pages("« savoir-faire »", anonyme) == [library["tsf"].pk]
    assert pages('"faire savoir"', anonyme) == []


@pytest.mark.parametrize(
    ("mistyped", "name"),
    [("maraichaje", "maraichage"), ("compsot", "compost"), ("semances", "semence")],
)
def test_a_mistyped_word_gets_a_proposal_that_finds(
    library: dict[str, ResourcePage], anonyme: AnonymousUser, mistyped: str, name: str
) -> None:
    assert pages(mistyped, anonyme) == []
    proposal = propose(ask(mistyped, "fr"), anonyme)
    assert library[name].pk in pages(proposal, anonyme)


def test_slips_are_counted() -> None:
    pairs = [("serre", "serre"), ("serre", "sere"), ("compsot", "compost"), ("eau", "terre")]
    assert [slips(one, other, 2) for one, other in pairs] == [0, 1, 1, 3]


def test_a_pinned_page_comes_first_for_its_words(
    library: dict[str, ResourcePage], anonyme: AnonymousUser
) -> None:
    SearchPin.objects.create(words="légumes, paniers", page=library["compost"])
    assert pages("panier", anonyme)[0] == library["compost"].pk
    assert library["compost"].pk not in pages("panier solidaire", anonyme)


def test_words_that_the_team_ties_find_each_other_at_once_and_no_more_when_untied(
    library: dict[str, ResourcePage], anonyme: AnonymousUser
) -> None:
    compost = library["compost"].pk
    assert compost not in pages("humusation", anonyme)
    group = SynonymGroup.objects.create(words="humusation, compost")
    assert compost in pages("humusation", anonyme)
    group.words = "humusation, bêche"
    group.save()
    assert compost not in pages("humusation", anonyme)
    group.delete()
    assert pages("humusation", anonyme) == []


# --- who may find -------------------------------------------------------------------------------


@pytest.fixture
def closed(library: dict[str, ResourcePage], toolbox: ToolboxPage) -> list[ResourcePage]:
    """A teaser, a hidden one and a draft, each with a word that stands nowhere else."""
    file = factories.document("secret.txt", title="Annexe topinambour")
    return [
        factories.resource(
            toolbox, title="Le topinambour", audience=Audience.MEMBERS, documents=(file,)
        ),
        factories.resource(
            toolbox,
            title="Le crosne",
            summary="Topinambour et crosne.",
            audience=Audience.MEMBERS,
            door=Door.HIDDEN,
        ),
        factories.resource(toolbox, title="Le panais et le topinambour", live=False),
    ]


def test_reserved_words_answer_members_only(
    closed: list[ResourcePage],
    anonyme: AnonymousUser,
    sans_affiliation: User,
    adherent: User,
    redactrice: User,
) -> None:
    for outsider in (anonyme, sans_affiliation):
        for words in ("topinambour", "crosne", "annexe topinambour", "topin"):
            assert found(words, outsider).matches == []
            assert found(words, outsider).counts == {}
            assert suggestions(words, "fr", outsider) == []
            assert propose(ask(words, "fr"), outsider) == ""
        assert propose(ask("topinanbour", "fr"), outsider) == ""
    for insider in (adherent, redactrice):
        assert set(pages("topinambour", insider)) - {None} == {page.pk for page in closed[:2]}
        assert found("topinambour", insider).counts["documents"] == 1
        assert len(suggestions("topin", "fr", insider)) == 2


def test_a_page_that_closes_is_found_no_more(
    library: dict[str, ResourcePage], anonyme: AnonymousUser, adherent: User
) -> None:
    page = library["compost"]
    page.audience = Audience.MEMBERS
    page.save_revision().publish()
    assert pages("compost", anonyme) == []
    assert pages("compost", adherent) == [page.pk]
    page.unpublish()
    assert pages("compost", adherent) == []
    assert not SearchEntry.objects.filter(page=page.pk).exists()


def test_a_draft_of_a_published_page_is_not_found(
    library: dict[str, ResourcePage], anonyme: AnonymousUser
) -> None:
    page = library["compost"]
    page.title = "Le rutabaga"
    page.save_revision()
    assert pages("rutabaga", anonyme) == []
    assert pages("compost", anonyme) == [page.pk]


def test_a_deleted_page_leaves_nothing(
    library: dict[str, ResourcePage], anonyme: AnonymousUser
) -> None:
    library["compost"].delete()
    assert pages("compost", anonyme) == []


def test_counts_by_group_equal_the_lists(
    closed: list[ResourcePage],
    home: HomePage,
    request: pytest.FixtureRequest,
) -> None:
    factories.content(home, title="Le panier et le jardin")
    outside = ("anonyme", "sans_affiliation", "ancien_adherent")
    inside = ("adherent_en_grace", "adherent", "redactrice", "validatrice", "superuser")
    outsiders = [request.getfixturevalue(name) for name in outside]
    insiders = [request.getfixturevalue(name) for name in inside]
    personas = outsiders + insiders
    for who, words in itertools.product(personas, ("panier", "jardin", "topinambour", "légume")):
        answer = found(words, who)
        assert sum(answer.counts.values()) == answer.total
        for group, count in answer.counts.items():
            assert len(answer.of_group(group)) == count
        titles = {match.title for match in answer.matches}
        assert {one.title for one in suggestions(words, "fr", who)} <= titles
    for insider in insiders:
        assert found("topinambour", insider).total > 0
    for outsider in outsiders:
        assert found("topinambour", outsider).total == 0


# --- the page -------------------------------------------------------------------------------------


def test_the_page_of_results_shows_why_each_answers(
    client: Client, library: dict[str, ResourcePage]
) -> None:
    text = client.get("/recherche/", {"q": "serres"}).content.decode()
    assert "<mark>serre</mark>" in text
    assert library["serre"].url in text


def test_nothing_found_is_counted_without_saying_who(
    client: Client, library: dict[str, ResourcePage]
) -> None:
    browser = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
    for words in ("Hydroponie", "hydroponie", "jeanne@exemple.fr", "06 12 34 56 78"):
        client.get("/recherche/", {"q": words}, headers=browser)
    client.get("/recherche/", {"q": "robotique"}, headers={"user-agent": "Googlebot/2.1"})
    assert [(row.words, row.count) for row in FruitlessSearch.objects.all()] == [("hydroponie", 2)]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "x" * 10_000},
        {"q": "mot " * 3000},
        {"q": "'; DROP TABLE core_searchentry; --"},
        {"q": "(((((a|b)&!c:*<->d"},
        {"q": '"""" AND NEAR(a b) * ^title:'},
        {"q": "\u202eerres\u202c \u200b\ufeff"},
        {"q": "🥕🥕 🥔"},
        {"q": "serre\x00"},
        {"q": "serre", "page": "1000000000"},
        {"q": "serre", "page": "-3"},
        {"q": "serre", "dans": "auth.user"},
        {"q": "%"},
        {"q": "le la les"},
        {"q": "« »"},
    ],
)
def test_any_question_is_answered_at_no_more_cost(
    client: Client, toolbox: ToolboxPage, query: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(15):
        assert client.get("/recherche/", query).status_code == 200
    assert client.get("/recherche/suggestions/", query).status_code == 200


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"q": "compost " * 2000}, "seuls ses premiers mots"),
        ({"q": "compost", "page": "1000000000"}, "1000000000"),
        ({"q": "compost", "page": "-3"}, "-3"),
        ({"q": "compost", "dans": "auth.user"}, "auth.user"),
        ({"q": "compost", "dans": "\u202e🥕\x00"}, "🥕"),
    ],
)
def test_what_is_not_followed_is_said(
    client: Client, library: dict[str, ResourcePage], query: Any, message: str
) -> None:
    assert message in client.get("/recherche/", query).content.decode()


def test_suggestions_are_the_titles_that_begin_so(
    client: Client, library: dict[str, ResourcePage]
) -> None:
    answer = client.get("/recherche/suggestions/", {"q": "plant"})
    assert [row["title"] for row in answer.json()["suggestions"]] == [library["verger"].title]
    assert "Cookie" in answer.headers["Vary"]


def test_a_search_costs_the_same_whatever_it_finds(
    client: Client, toolbox: ToolboxPage, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        factories.resource(toolbox, title=f"Tomate {number}")
    for words in ("tomate", "tomate 3", "tomatte"):
        with django_assert_max_num_queries(15):
            cache.clear()
            client.get("/recherche/", {"q": words})

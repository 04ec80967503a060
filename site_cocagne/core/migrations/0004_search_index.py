"""The database's own index of the search: vectors on PostgreSQL, FTS5 on SQLite.

unaccent and pg_trgm are trusted extensions: the owner of a database may create them.
"""

from django.db import migrations


def vector(configuration):
    return " || ".join(
        f"setweight(to_tsvector('{name}', translate({column}, '-‐‑', '   ')), '{weight}')"
        for name, column, weight in (
            (configuration, "title", "A"),
            ("simple_unaccent", "title", "A"),
            (configuration, "summary", "B"),
            (configuration, "body", "D"),
        )
    )


POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    *(
        statement
        for name, source, stemmer in (
            ("fr_unaccent", "french", "french_stem"),
            ("en_unaccent", "english", "english_stem"),
            ("simple_unaccent", "simple", "simple"),
        )
        for statement in (
            f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {name} CASCADE",
            f"CREATE TEXT SEARCH CONFIGURATION {name} (COPY = {source})",
            f"ALTER TEXT SEARCH CONFIGURATION {name} ALTER MAPPING FOR hword, hword_part, word,"
            f" asciiword, asciihword, hword_asciipart WITH unaccent, {stemmer}",
        )
    ),
    # Titles hold their words whole too, because what somebody is typing may be longer than a stem.
    # Without hyphens: the parser would count « savoir-faire » as three places, and phrases would miss.
    f"""
    ALTER TABLE core_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        CASE WHEN language = 'en' THEN {vector("en_unaccent")} ELSE {vector("fr_unaccent")} END
    ) STORED
    """,
    "CREATE INDEX core_searchentry_vector ON core_searchentry USING gin (vector)",
    "CREATE INDEX core_searchword_trigrams ON core_searchword USING gin (folded gin_trgm_ops)",
]
SQLITE = [
    "CREATE VIRTUAL TABLE core_searchindex USING fts5(title, summary, body,"
    " tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4')",
]
UNDO = {
    "postgresql": [
        "DROP INDEX core_searchword_trigrams",
        "ALTER TABLE core_searchentry DROP COLUMN vector",
        "DROP TEXT SEARCH CONFIGURATION fr_unaccent",
        "DROP TEXT SEARCH CONFIGURATION en_unaccent",
        "DROP TEXT SEARCH CONFIGURATION simple_unaccent",
    ],
    "sqlite": ["DROP TABLE core_searchindex"],
}


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[vendor]:
        schema_editor.execute(statement)


def undo(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_search")]

    operations = [migrations.RunPython(make, undo)]

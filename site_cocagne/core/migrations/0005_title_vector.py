"""Titles have a vector and an index of their own on PostgreSQL.

An index of vectors knows no weights: asked for words of the title alone, the database would read
the whole vector of each match. Suggestions and the best matches of a common word ask for that.
"""

from django.db import migrations

TITLE = "translate(title, '-‐‑', '   ')"


def vector(configuration):
    return f"to_tsvector('{configuration}', {TITLE}) || to_tsvector('simple_unaccent', {TITLE})"


def make(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        "ALTER TABLE core_searchentry ADD COLUMN title_vector tsvector GENERATED ALWAYS AS ("
        f"CASE WHEN language = 'en' THEN {vector('en_unaccent')} ELSE {vector('fr_unaccent')} END"
        ") STORED"
    )
    schema_editor.execute(
        "CREATE INDEX core_searchentry_title_vector ON core_searchentry USING gin (title_vector)"
    )


def undo(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE core_searchentry DROP COLUMN title_vector")


class Migration(migrations.Migration):
    deploy = "Writes the entries of the search anew under a lock: some ten seconds for 100,000."

    dependencies = [("core", "0004_search_index")]

    operations = [migrations.RunPython(make, undo)]

"""The database itself refuses to rewrite a line of the ledger."""

from django.db import migrations

TABLES = ("newsletter_consentevent", "newsletter_consenttext")

SQLITE = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'The ledger of consent is append-only.'); END;
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION newsletter_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'The ledger of consent is append-only.'; END; $$;
"""
POSTGRESQL = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION newsletter_append_only();
"""


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for table in TABLES:
        if vendor in ("postgresql", "sqlite"):
            statement = POSTGRESQL if vendor == "postgresql" else SQLITE
            schema_editor.execute(statement.format(table=table))


def unguard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        on = f" ON {table}" if vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only{on}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS newsletter_append_only()")


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0002_ledger")]

    operations = [migrations.RunPython(guard, unguard)]

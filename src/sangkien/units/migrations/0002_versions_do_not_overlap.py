"""On PostgreSQL the database itself refuses two versions of one unit on one day. SQLite has no such constraint."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The range of one number stands for "=": so no extension (btree_gist) has to be installed by a superuser.
ADD = """
ALTER TABLE units_unitversion ADD CONSTRAINT version_no_overlap EXCLUDE USING gist (
    int8range(unit_id, unit_id, '[]') WITH &&,
    daterange(valid_from, valid_to) WITH &&
) WHERE (superseded_at IS NULL)
"""
REMOVE = "ALTER TABLE units_unitversion DROP CONSTRAINT version_no_overlap"


def add(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE)


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]

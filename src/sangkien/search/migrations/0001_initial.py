from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# SQLite: the index holds no text of its own. Triggers keep it in step, however a row is written; a later migration
# that makes the table of Find anew must make them anew too.
SQLITE = (
    """CREATE VIRTUAL TABLE search_head USING fts5(
        tokens, content='search_find', content_rowid='id', detail=none, columnsize=0,
        tokenize="ascii tokenchars '_@'")""",
    """CREATE TRIGGER search_head_put AFTER INSERT ON search_find BEGIN
        INSERT INTO search_head(rowid, tokens) VALUES (new.id, new.tokens);
    END""",
    """CREATE TRIGGER search_head_drop AFTER DELETE ON search_find BEGIN
        INSERT INTO search_head(search_head, rowid, tokens) VALUES ('delete', old.id, old.tokens);
    END""",
    """CREATE TRIGGER search_head_change AFTER UPDATE OF id, tokens ON search_find BEGIN
        INSERT INTO search_head(search_head, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO search_head(rowid, tokens) VALUES (new.id, new.tokens);
    END""",
)

# PostgreSQL: without positions; the last token names the stretch of 2,000 ids (see postgresql.py).
POSTGRESQL = (
    """ALTER TABLE search_find ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        array_to_tsvector(string_to_array(tokens || ' @@' || (id / 2000)::text, ' '))) STORED""",
    "CREATE INDEX search_find_vector ON search_find USING gin (vector)",
)


def add(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for trigger in ("put", "drop", "change"):
            schema_editor.execute(f"DROP TRIGGER search_head_{trigger}")
        schema_editor.execute("DROP TABLE search_head")
    else:
        schema_editor.execute("ALTER TABLE search_find DROP COLUMN vector")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Find",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("revision_id", models.BigIntegerField(blank=True, null=True)),
                ("scope", models.TextField()),
                ("title", models.TextField()),
                ("title_folded", models.TextField()),
                ("beside_folded", models.TextField(blank=True)),
                ("tokens", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "object_id"), name="find_thing_once")],
            },
        ),
        migrations.RunPython(add, remove),
    ]

"""Alembic runs inside Herald's own connection: it is handed over, nothing here opens a database or a loop."""

from alembic import context

from storage.columns import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()

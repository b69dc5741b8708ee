"""What Alembic runs a revision in: the connection and transaction it was given."""

from alembic import context

from state.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

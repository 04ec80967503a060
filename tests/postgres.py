"""Why the suite cannot run on PostgreSQL, in a sentence: ``make test-postgres`` never skips."""

from __future__ import annotations

import os
import sys

import psycopg

CONNECT_TIMEOUT = 5  # seconds


def obstacle(address: str) -> str | None:
    """What stands in the way of tests on the database at ``address``, or None."""
    if not address:
        return (
            "DATABASE_URL is not set: name a PostgreSQL database whose owner may create others, "
            "for instance postgresql://user:password@localhost/cocagne."
        )
    if not address.startswith(("postgres://", "postgresql://")):
        return "DATABASE_URL names no PostgreSQL database: it must begin with postgresql://."
    try:
        with psycopg.connect(address, connect_timeout=CONNECT_TIMEOUT) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        return f"The PostgreSQL that DATABASE_URL names does not let us in: {reason}"
    if not row or not row[0]:
        return (
            "The user that DATABASE_URL names may not create databases, and tests need their own."
        )
    return None


if __name__ == "__main__":
    sys.exit(obstacle(os.environ.get("DATABASE_URL", "")))

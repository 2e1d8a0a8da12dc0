"""Alembic's migrations of the community database, one file a version; the newest is what the program works with."""

"""The community database: SQLite in the data folder, or PostgreSQL where there are several replicas."""

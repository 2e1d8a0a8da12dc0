"""Benchmarks: printed figures, never timed tests. `make bench` runs them; docs/benchmarks.md keeps those of record."""

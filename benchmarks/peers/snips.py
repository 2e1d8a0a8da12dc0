"""snips-nlu: installs on Python 3.7, but reads no English without resources that PyPI does not hold.

Its `python -m snips_nlu download en` fetches them from the maker's own server. Where they are found, the adapter still
has to be written; until then the row says what is missing.
"""

from __future__ import annotations

from benchmarks.peers.system import Material, System


def build(material: Material, variant: str) -> System:  # noqa: ARG001 - never gets that far
    """Raise what snips-nlu raises without its resources."""
    from snips_nlu import load_resources  # noqa: PLC0415 - in the peer's environment

    load_resources("en")
    raise SystemExit("snips-nlu has its English resources here: write its adapter")

"""One file a source; each reads the official layout from a path that the user gives."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from knowledge.importers.base import Importer


def load_importers() -> dict[str, Importer]:
    """All importers of reference tables, by the name used on the command line."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    found = [module.IMPORTER for module in modules if hasattr(module, "IMPORTER")]
    return {importer.name: importer for importer in sorted(found, key=lambda importer: importer.name)}

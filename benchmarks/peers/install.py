"""An environment of its own for each peer, in a cache folder outside the repository; made once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.peers.registry import Peer

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements-peers.txt"
_LONGEST = 1200


class NotInstalledError(Exception):
    """A peer that can't be had here; its text is the reason."""


def python_for(peer: Peer, cache: Path) -> str:
    """The interpreter that runs the peer, with its packages; raises NotInstalledError."""
    if peer.npm:
        _npm(peer, cache / "npm" / peer.module)
    if not peer.needs:
        return sys.executable
    folder = cache / "venvs" / peer.needs
    interpreter, stamp = folder / "bin" / "python", folder / "installed.txt"
    wanted = requirements(peer.needs)
    if stamp.exists() and stamp.read_text("utf-8").split() == wanted:
        return str(interpreter)
    shutil.rmtree(folder, ignore_errors=True)
    _run([_base(peer.python), "-m", "venv", str(folder)])
    for package in wanted:
        # One after the other: what comes first (a CPU build of torch) must not be replaced by what the next asks for.
        _run([str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package])
    stamp.write_text("\n".join(wanted), "utf-8")
    return str(interpreter)


def requirements(section: str) -> list[str]:
    """The pinned packages of one section of requirements-peers.txt."""
    found, current = list[str](), ""
    for line in REQUIREMENTS.read_text("utf-8").splitlines():
        if line.startswith("# ["):
            current = line[3:-1]
        elif line and not line.startswith("#") and current == section:
            found.append(line)
    return found


def _base(version: str) -> str:
    if not version:
        return sys.executable
    known = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
    for candidate in (f"python{version}", *map(str, known)):
        path = shutil.which(candidate)
        if path and subprocess.run([path, "-c", ""], check=False, capture_output=True).returncode == 0:
            return path
    raise NotInstalledError(f"needs Python {version}, which isn't on this machine")


def _npm(peer: Peer, folder: Path) -> None:
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        raise NotInstalledError("needs Node.js and npm, which aren't on this machine")
    stamp = folder / "installed.txt"
    if stamp.exists() and stamp.read_text("utf-8").split() == list(peer.npm):
        return
    folder.mkdir(parents=True, exist_ok=True)
    _run([npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent", *peer.npm])
    stamp.write_text("\n".join(peer.npm), "utf-8")


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_LONGEST)
    except subprocess.TimeoutExpired as error:
        raise NotInstalledError(f"did not install within {_LONGEST // 60} minutes") from error
    if done.returncode:
        lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        errors = [line for line in lines if "error" in line.lower()] or lines or ["no message"]
        raise NotInstalledError(f"did not install: {errors[-1][:200]}")

"""Settings of communities: which there are, what they may be, and how a channel's lie over its community's."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import ValidationError

from bot.community import CommunitySettings, SettingError

CHANNEL_ONLY = frozenset({"listening"})
"""Settings that make sense for one channel alone."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MOST_CURATORS, _LONGEST_CURATOR = 50, 100
_TAKES = {
    "language": "a language tag such as de or pt-BR, or nothing for each person's own",
    "country": "two letters such as GB, or nothing",
    "currency": "three letters such as EUR, or nothing",
    "listening": "yes or no",
    "private": "yes or no",
    "cooldown": "seconds from 0 to 3600",
    "curators": f"up to {_MOST_CURATORS} ids of roles, groups or people",
    "feedback": "yes or no",
    "keep_texts": "yes or no",
}


def checked(changes: Mapping[str, object], channel: str = "") -> dict[str, object]:
    """The changes in the form they are kept in; None stands for "as it is otherwise".

    Args:
        changes: Setting → value, as a person or a program gave it.
        channel: The channel they are for, "" = the whole community.

    Raises:
        SettingError: a setting that doesn't exist or can't have that value; says what can be set.
    """
    kept: dict[str, object] = {}
    for name, value in changes.items():
        if name not in _TAKES:
            raise SettingError(f"There is no setting {name!r}. Settings are {', '.join(_TAKES)}.")
        if name in CHANNEL_ONLY and not channel and value not in (None, False):
            raise SettingError(f"{name} is set for one channel, not for all of them: set it there.")
        kept[name] = None if value is None else _value(name, value)
    return kept


def _value(name: str, value: object) -> object:
    if isinstance(value, str):
        value = value.strip()
        if name in ("country", "currency"):
            value = value.upper()
        if name == "curators":
            value = tuple(filter(None, re.split(r"[,\s]+", value)))
    if name == "country" and value == "UK":
        raise SettingError("country can't be 'UK': the United Kingdom's code is GB.")
    wrong = SettingError(f"{name} can't be {value!r}: give {_TAKES[name]}.")
    try:
        settings = CommunitySettings.model_validate({name: value})
    except ValidationError as error:
        raise wrong from error
    valid: object = settings.model_dump(mode="json")[name]
    if name == "language" and valid and not _LANGUAGE.fullmatch(str(valid)):
        raise wrong
    if name == "curators":
        ids = list(dict.fromkeys(settings.curators))
        if len(ids) > _MOST_CURATORS or any(not ident or len(ident) > _LONGEST_CURATOR for ident in ids):
            raise wrong
        return ids
    return valid


def layered(*layers: Mapping[str, object]) -> CommunitySettings:
    """Settings from layers, later over earlier; a kept value that this version doesn't take is left out."""
    values: dict[str, object] = {}
    for layer in layers:
        for name, value in layer.items():
            try:
                values.update(checked({name: value}, channel="any"))
            except SettingError:
                continue
    return CommunitySettings.model_validate(values)

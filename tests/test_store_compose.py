"""compose.yaml: the profile for several replicas, as far as it can be checked without an engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from adapters.cli_platforms import PLATFORMS
from adapters.store.opening import address

ROOT = Path(__file__).parents[1]


def test_the_scaled_profile_is_two_web_replicas_two_shards_and_one_database() -> None:
    """All share one DATABASE_URL, the shards split what there is, and nothing starts before PostgreSQL is ready."""
    file: Any = YAML(typ="safe").load((ROOT / "compose.yaml").read_text("utf-8"))
    scaled = {name: one for name, one in file["services"].items() if one["profiles"] == ["scale"]}
    assert set(scaled) == {"web-1", "web-2", "shard-0", "shard-1", "postgresql"}
    login = scaled.pop("postgresql")["environment"]
    commands = {platform.name for platform in PLATFORMS}
    for one in scaled.values():
        assert one["command"][0] in commands
        assert one["depends_on"] == {"postgresql": {"condition": "service_healthy"}}
        url = address(one["environment"]["DATABASE_URL"], ROOT)
        assert (url.host, url.username, url.database) == ("postgresql", login["POSTGRES_USER"], login["POSTGRES_DB"])
        assert url.password == login["POSTGRES_PASSWORD"]
    shards = [scaled[name]["environment"] for name in ("shard-0", "shard-1")]
    assert [(one["DISCORD_SHARD_COUNT"], one["DISCORD_SHARD_IDS"]) for one in shards] == [("2", "0"), ("2", "1")]
    ports = [scaled[name]["ports"][0].partition(":")[0] for name in ("web-1", "web-2")]
    assert len(set(ports)) == 2

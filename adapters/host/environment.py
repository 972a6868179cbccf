"""The environment of the process: what it names, values kept in files, names that nobody reads."""

import difflib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

PREFIX = "HERALD_"


class Environment(BaseSettings):
    """Settings from the environment and `.env`. The environment wins over `.env`, a value over a file."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read `NAME_FILE` last."""
        del file_secret_settings
        return init_settings, env_settings, dotenv_settings, FromFiles(settings_cls, given(settings_cls))

    def with_value(self, names: Iterable[str]) -> list[str]:
        """The environment variables of those settings among `names` that have a value."""
        fields = type(self).model_fields
        return [variable(name, fields[name]) for name in names if str(getattr(self, name)).strip()]

    @classmethod
    def strangers(cls) -> dict[str, str]:
        """Names that begin like ours and that nothing reads, each with the nearest that exists."""
        return unknown(given(cls), cls)


def given(settings: type[BaseSettings]) -> dict[str, str | None]:
    """Everything the environment and `.env` name, in any case."""
    return {**DotEnvSettingsSource(settings, env_file=".env").env_vars, **os.environ}


class FromFiles(PydanticBaseSettingsSource):
    """`NAME_FILE` names a file that holds the value of `NAME`, as containers' secrets do."""

    def __init__(self, settings: type[BaseSettings], given: Mapping[str, str | None]) -> None:
        """Look for the names in `given`: the environment and `.env` together, in any case."""
        super().__init__(settings)
        self._given = {name.upper(): value for name, value in given.items() if value}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The content of the file, without the line end that editors add; OSError when it cannot be read."""
        name = variable(field_name, field)
        path = self._given.get(f"{name.upper()}_FILE")
        found = Path(path).read_text(encoding="utf-8").strip() if path else None
        return found, _key(field_name, field), False

    def __call__(self) -> dict[str, Any]:
        """Every setting that a file holds."""
        found = (self.get_field_value(field, name) for name, field in self.settings_cls.model_fields.items())
        return {key: value for value, key, _ in found if value is not None}


def variable(name: str, field: FieldInfo) -> str:
    """The environment variable of a setting."""
    key = _key(name, field)
    return key if field.validation_alias else key.upper()


def unknown(given: Iterable[str], settings: type[BaseSettings]) -> dict[str, str]:
    """Names that begin like ours and that nothing reads, each with the nearest that exists (or nothing)."""
    known = [variable(name, field) for name, field in settings.model_fields.items()]
    readable = {*known, *(f"{name}_FILE" for name in known)}
    strangers = sorted(name for name in map(str.upper, given) if name.startswith(PREFIX))
    return {
        name: next(iter(difflib.get_close_matches(name, readable, 1)), "")
        for name in strangers
        if name not in readable
    }


def _key(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    first = alias.choices[0] if isinstance(alias, AliasChoices) else alias
    return first if isinstance(first, str) else name

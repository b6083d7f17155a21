"""Settings as options of the command line."""

from collections.abc import Callable
from typing import Any

import click

from appliance.base import config
from appliance.base.config import SETTINGS, Config

_HELP = {setting.name: setting.help for setting in SETTINGS}


def options_for(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """One `--option` per setting; None where it is not given."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for name in reversed(names):
            command = click.option(f"--{name.replace('_', '-')}", name, help=_HELP[name])(command)
        return command

    return add


def load(given_before: dict[str, Any], options: dict[str, Any]) -> Config:
    """The command's own options win over those that stand before its name."""
    return config.load({**given_before, **{name: value for name, value in options.items() if value}})

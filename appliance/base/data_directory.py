"""The folder that everything is in."""

from appliance.base.config import Config
from appliance.base.errors import StartError


def make(config: Config) -> None:
    """Make it if it is not there. Raises StartError when it cannot be written."""
    try:
        config.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = config.data_dir / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StartError(
            f"The data directory {config.data_dir} cannot be written: {error.strerror}. "
            "Choose another with --data-dir, or allow this user to write there."
        ) from error

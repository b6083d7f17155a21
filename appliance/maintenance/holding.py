"""Who has the data: this process, for as long as a command lasts, or the server that runs."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from appliance import serving
from appliance.base.config import Config
from appliance.base.errors import AlreadyRunningError, StartError
from appliance.desktop import server_process
from appliance.process.instance import Instance, InstanceLock

UNDONE = "Nothing was changed"


def check_there(config: Config, undone: str = UNDONE) -> None:
    """Raises StartError where the folder holds no data; `undone` says what did not happen."""
    if not config.paths.database.exists():
        raise StartError(
            f"There is no Analytiq data in {config.data_dir}. {undone}; name the right folder with "
            "--data-dir."
        )


@contextmanager
def held_or_served(config: Config, undone: str = UNDONE) -> Iterator[Instance | None]:
    """The server to ask; None where there is none: then nobody else has the data until the block ends.

    Raises StartError while a server starts or ends.
    """
    with ExitStack() as stack:
        running = None
        try:
            stack.enter_context(InstanceLock(config.paths))
        except AlreadyRunningError as error:
            running = server_process.find(config)
            if running is None:
                raise StartError(
                    f"Analytiq is just starting or ending. {undone}; try again in a moment."
                ) from error
        else:
            serving.log_to_file(config)
        yield running

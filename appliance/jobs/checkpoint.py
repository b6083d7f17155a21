"""Move the database's write-ahead log into the main file, at a moment of our choice."""

import logging
import shutil
from datetime import datetime

from appliance.runtime import Runtime

log = logging.getLogger(__name__)

WORTH_BYTES = 16 * 1024 * 1024
SPARE_BYTES = 64 * 1024 * 1024


def run(runtime: Runtime, now: datetime) -> None:  # noqa: ARG001  (every job is given the instant)
    """Only with room to spare: a checkpoint that meets a full disk takes the database instance down."""
    log_file = runtime.config.paths.write_ahead_log
    size = log_file.stat().st_size if log_file.exists() else 0
    if size < WORTH_BYTES:
        return
    if shutil.disk_usage(runtime.config.data_dir).free < 2 * size + SPARE_BYTES:
        log.warning("The disk is too full to tidy up the database; nothing is lost. Make room on it.")
        return
    runtime.database.checkpoint()

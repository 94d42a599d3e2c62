"""The product's own settings on a data folder that is thrown away; everything else as an instance has it."""

import atexit
import os
import shutil
import tempfile

if "SANGKIEN_HOME" not in os.environ or os.environ.get("PYTEST_XDIST_WORKER"):
    _home = tempfile.mkdtemp(prefix="sangkien-tests-")
    os.environ["SANGKIEN_HOME"] = _home
    atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ.setdefault("SANGKIEN_SECRET_KEY", "only-for-tests-" * 5)
os.environ.setdefault("SANGKIEN_HOSTS", "testserver")

from sangkien.config.settings import *  # noqa: F403 - the folder must be named before the settings are read

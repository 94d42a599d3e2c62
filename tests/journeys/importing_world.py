"""The ward of ``reporting_world`` with a session of the lead unit's officer: run before the server starts.

    SANGKIEN_HOME=… python -m tests.journeys.importing_world

Prints the key of the officer's session, as JSON, after what ``reporting_world`` prints.
"""

import json
import sys

from tests.journeys import reporting_world

if __name__ == "__main__":
    reporting_world.main()

from sangkien.accounts.models import User
from tests.journeys.sessions import session_of

if __name__ == "__main__":
    officer = User.objects.get(email="daumoi@phuong.example")
    sys.stdout.write(f"{json.dumps(session_of(officer))}\n")

"""The ward of ``reporting_world`` with a session of the lead unit's officer: run before the server starts.

    SANGKIEN_HOME=… python -m tests.journeys.importing_world

Prints one JSON object after that of ``reporting_world``: cookie name and value of the signed-in officer.
"""

import json
import sys

from tests.journeys import reporting_world

if __name__ == "__main__":
    reporting_world.main()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from sangkien.accounts.models import User

if __name__ == "__main__":
    officer = User.objects.get(email="daumoi@phuong.example")
    session = SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    session.create()
    sys.stdout.write(json.dumps({"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}) + "\n")

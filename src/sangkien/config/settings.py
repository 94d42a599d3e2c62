"""The one settings file: everything from the environment (``environment.py``), everything else the same everywhere."""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from sangkien import npm
from sangkien.config.environment import WrongSetting, read_environment

try:
    ENVIRONMENT = read_environment()
except WrongSetting as wrong:
    sys.exit(str(wrong))

PACKAGE = Path(__file__).resolve().parents[1]

SANGKIEN_HOME = ENVIRONMENT.home
SANGKIEN_EMBEDDED = ENVIRONMENT.embedded

DEBUG = ENVIRONMENT.debug

# The rail of staff pages: name in urls.py, label, icon. Only what a person may open today.
SANGKIEN_RAIL = [("quick:home", _("Tổng hợp nhanh"), "layers")]
if DEBUG:
    SANGKIEN_RAIL.append(("ui:gallery", _("Các bộ phận"), "grid-1x2"))

SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "sangkien.config.urls"
WSGI_APPLICATION = "sangkien.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "sangkien.ledger",
    "sangkien.units",
    "sangkien.ui",
    "sangkien.quick",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": ["django.template.context_processors.request"],
        },
    }
]

# -- data

_database = environ.Env().db_url_config(ENVIRONMENT.database_url)
if _database["ENGINE"].endswith("sqlite3"):
    # Writers wait for one another instead of failing; nothing acknowledged is lost when the power goes.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
else:
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {"application_name": "sangkien", **_database.get("OPTIONS", {})}
DATABASES = {"default": _database}

# -- language and time

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# -- front-end files: the packages as they are, then hashed, compressed and cached for ever

STATIC_URL = "static/"
STATIC_ROOT = PACKAGE / "_static"
STATICFILES_DIRS = [
    ("npm/bootstrap/dist/css", npm.package_dir("bootstrap") / "dist/css"),
    ("npm/@fontsource/be-vietnam-pro/files", npm.package_dir("@fontsource/be-vietnam-pro") / "files"),
    ("npm/@expo-google-fonts/tinos/400Regular", npm.package_dir("@expo-google-fonts/tinos") / "400Regular"),
    ("npm/@expo-google-fonts/tinos/700Bold", npm.package_dir("@expo-google-fonts/tinos") / "700Bold"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# -- safety

SESSION_COOKIE_NAME = "sangkien"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (ENVIRONMENT.embedded or DEBUG)
CSRF_COOKIE_NAME = "sangkien-csrf"
CSRF_FAILURE_VIEW = "sangkien.ui.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [] if ENVIRONMENT.embedded else [f"https://{host}" for host in ENVIRONMENT.hosts]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = None if ENVIRONMENT.embedded else ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS is the proxy's: it alone knows whether every host below the name speaks TLS
    "security.W008",  # so is the redirect to TLS
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A dropped report may be large; what is larger is refused by the view with a sentence, not by Django with a blank page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}

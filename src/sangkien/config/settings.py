"""The one settings file: everything from the environment (``environment.py``), everything else the same everywhere."""

import sys
from datetime import timedelta
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

# The rail of staff pages: name in urls.py, label, icon, who sees it: "anyone", "signed_in", "anonymous", or holders of
# these permissions somewhere (also by invitation).
SANGKIEN_RAIL: list[tuple[str, object, str, str | tuple[str, ...]]] = [
    ("desk:home", _("Việc của tôi"), "inbox", "signed_in"),
    ("campaigns:list", _("Đợt"), "calendar3", ("plan", "issue", "see_campaign", "follow", "appraise")),
    ("desk:entries", _("Giải pháp"), "file-earmark-text", ("follow", "see_campaign")),
    (
        "appraisal:home",
        _("Thẩm định"),
        "clipboard-check",
        ("route", "appraise", "score", "vote", "arrange", "keep_minutes"),
    ),
    ("intake:home", _("Đơn vị tôi"), "send", ("follow",)),
    ("importing:home", _("Nhập tệp"), "cloud-arrow-up", ("record",)),
    ("notices:list", _("Thông báo"), "envelope", ("follow", "see_campaign", "appraise")),
    ("backoffice:home", _("Quản trị"), "gear", ("manage_units", "manage_people", "see_history", "back_up")),
    ("accounts:who", _("Ai làm gì"), "diagram-3", "signed_in"),
    ("accounts:mine", _("Tài khoản"), "person", "signed_in"),
]
if SANGKIEN_EMBEDDED:
    SANGKIEN_RAIL.append(("quick:home", _("Tổng hợp nhanh"), "layers", "anyone"))
SANGKIEN_RAIL.append(("account_login", _("Đăng nhập"), "key", "anonymous"))
if DEBUG:
    SANGKIEN_RAIL.append(("ui:gallery", _("Các bộ phận"), "grid-1x2", "anyone"))

SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "sangkien.config.urls"
WSGI_APPLICATION = "sangkien.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "sangkien.ledger",
    "sangkien.units",
    "sangkien.accounts",
    "sangkien.attachments",
    "sangkien.papers",
    "sangkien.jobs",
    "sangkien.notices",
    "sangkien.search",
    "sangkien.campaigns",
    "sangkien.initiatives",
    "sangkien.intake",
    "sangkien.importing",
    "sangkien.appraisal",
    "sangkien.backups",
    "sangkien.desk",
    "sangkien.backoffice",
    "sangkien.reporting",
    "sangkien.demo",
    "sangkien.ui",
    "sangkien.quick",
    # below our rooms, so that their templates come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sangkien.accounts.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
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

# What is counted over minutes (codes tried) stands in the database: no state in a process.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "sangkien_cache"}}

# -- people and their sign-in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "sangkien.accounts.sign_in.OfficeMail",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "sangkien.accounts.passwords.LongEnough"},
    {"NAME": "sangkien.accounts.passwords.NotOwnWords"},
    {"NAME": "sangkien.accounts.passwords.NotCommon"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
SANGKIEN_INVITED_HOME = "intake:home"  # where who comes by an invitation is led
LOGOUT_REDIRECT_URL = "account_login"
SANGKIEN_IDLE_DAYS = ENVIRONMENT.idle_days

ACCOUNT_ADAPTER = "sangkien.accounts.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": None, "reauthenticate": "10/m/user", "login_failed": "5/5m/key"}
ACCOUNT_FORMS = {
    "login": "sangkien.accounts.forms.SignInForm",
    "change_password": "sangkien.accounts.forms.ChangePasswordForm",
    "reauthenticate": "sangkien.accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "sangkien.accounts.sign_in.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # telephones and laptops without a time server
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENVIRONMENT.embedded or DEBUG  # http://localhost
MFA_FORMS = {
    "authenticate": "sangkien.accounts.forms.CodeForm",
    "reauthenticate": "sangkien.accounts.forms.CodeAgainForm",
    "activate_totp": "sangkien.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "sangkien.accounts.forms.AddKeyForm",
}

# The office's own provider of identities, when the environment names one.
SANGKIEN_IDENTITY = ENVIRONMENT.identity.name if ENVIRONMENT.identity is not None else ""
SOCIALACCOUNT_ADAPTER = "sangkien.accounts.identity.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
if ENVIRONMENT.identity is not None:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APP": {
            "provider_id": "co-quan",
            "name": ENVIRONMENT.identity.name,
            "client_id": ENVIRONMENT.identity.client_id,
            "secret": ENVIRONMENT.identity.secret,
            "settings": {"server_url": ENVIRONMENT.identity.url},
        },
    }

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "sangkien.accounts.sign_in.tried_name"
AXES_LOCKOUT_CALLABLE = "sangkien.accounts.sign_in.locked"
AXES_SENSITIVE_PARAMETERS = ["login", "csrfmiddlewaretoken"]
AXES_ENABLE_ADMIN = False

# -- mail, off until the environment names a server; and what stands before the path of a link in it

SANGKIEN_SITE = ENVIRONMENT.site
SANGKIEN_SENDS_MAIL = ENVIRONMENT.mail is not None
if ENVIRONMENT.mail is not None:
    EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail.host, ENVIRONMENT.mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.user, ENVIRONMENT.mail.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = ENVIRONMENT.mail.scheme == "smtp+ssl", ENVIRONMENT.mail.scheme == "smtp+tls"
    DEFAULT_FROM_EMAIL = ENVIRONMENT.mail.sender
EMAIL_TIMEOUT = 20
SANGKIEN_INBOX = ENVIRONMENT.inbox  # the mailbox whose reports come into the queue; none: files only

# -- backups: the second place, the passphrase, how many are kept

SANGKIEN_BACKUP_TO = ENVIRONMENT.backups.to
SANGKIEN_BACKUP_PASSPHRASE_FILE = ENVIRONMENT.backups.passphrase_file
SANGKIEN_BACKUP_KEEP = ENVIRONMENT.backups.keep

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
    "attachments": {
        "BACKEND": "sangkien.attachments.storage.BlobFolder",
        "OPTIONS": {"location": SANGKIEN_HOME / "tep"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# -- safety

SESSION_COOKIE_NAME = "sangkien"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day, also where the browser is never closed
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
    "axes.W006",  # tries are counted for the account, whichever machine they come from
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF, *([ENVIRONMENT.identity.origin] if ENVIRONMENT.identity else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Uploads pass through our own folder, so that what a killed server leaves there is found and removed.
FILE_UPLOAD_TEMP_DIR = ENVIRONMENT.uploads

# A dropped report may be large; what is larger is refused by the view with a sentence, not by Django with a blank page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        name: {"handlers": ["stderr"], "level": "WARNING"} for name in ("django", "axes", "allauth", "sangkien")
    },
}

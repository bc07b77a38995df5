"""Settings of every process: web, worker, beat, commands and tests.

Everything that differs between machines comes from the environment; `config.services` fills in
what a machine without PostgreSQL and Redis lacks before this module is imported.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- What this installation is -------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)  # demo people may sign in only while this is true
DEMO_PASSWORD = "read-the-notes-first"  # noqa: S105  printed where the demo people are named
VAR = Path(env("SCORECARD_VAR", default=str(BASE_DIR / "var")))
SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY and (VAR / "secret-key").exists():
    SECRET_KEY = (VAR / "secret-key").read_text().strip()  # else Django refuses to sign anything
# The machine itself as well: the runner and health checks ask it by these names.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)  # behind a TLS proxy: secure cookies, HSTS
# Proxies that add to X-Forwarded-For: sign-in attempts are counted by the address behind them.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=1 if HTTPS else 0)

INSTALLED_APPS = [
    "recruiting",
    "reports",
    "hiring_committee",
    "packets",
    "calibration",
    "ats",
    "mail",
    "scorecard",
    "interviews",
    "rubric",
    "accounts",
    "config.jobs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.LongestBodyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.NotStoredMiddleware",
    "accounts.middleware.TimeZoneMiddleware",
    "accounts.middleware.GeneratedPasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Database: commands that change the schema own it, everything else runs as a guest -------
AS_OWNER = env("SCORECARD_DB_ROLE", default="") == "owner"
database = env.db_url(
    "DATABASE_OWNER_URL" if AS_OWNER and "DATABASE_OWNER_URL" in env.ENVIRON else "DATABASE_URL",
    default="postgresql://scorecard_app@localhost/scorecard",
)
database["ENGINE"] = "django.db.backends.postgresql"
database["CONN_HEALTH_CHECKS"] = True  # a restarted server costs no request
# For statements with values beside them (scorecard/prepared.py); Django's own have none.
database.setdefault("OPTIONS", {})["prepare_threshold"] = 5
if env.bool("SCORECARD_DB_POOL", default=False):  # the web server's threads share connections
    database["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 4, "timeout": 30}
else:
    database["CONN_MAX_AGE"] = 60
DATABASES = {"default": database}
if env.bool("DB_POOLER", default=False):  # it lends a server connection for one transaction
    database["OPTIONS"]["prepare_threshold"] = None
    database["DISABLE_SERVER_SIDE_CURSORS"] = True
# The role that web and worker connect as; migrations grant it what it needs and no more.
RUNTIME_ROLE = env.db_url("DATABASE_URL", default="postgresql://scorecard_app@h/d").get("USER", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: broker, and cache for rate limits and sessions ----------------------------------
REDIS_URL = env("REDIS_URL", default="redis://localhost:6379/0")
CACHE_URL = REDIS_URL.replace("redis+socket://", "unix://").replace("?virtual_host=", "?db=")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL},
    # For parts of pages that no row changes: they are asked for more often than Redis can answer.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True  # the state of work is a row in PostgreSQL, never in the broker
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    # kombu looks for lost messages every interval x throttle seconds: 100 s unless told otherwise
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # A broker that is down keeps a page waiting for nothing (it was 6 s): the sweep finds the row.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    "socket_connect_timeout": 2,
}
CELERY_TIMEZONE = "UTC"

# What a night's calibration must have before packets use it; a small house may ask for less.
# The last two are how far a night may move from the one before: raise them once, on purpose.
CALIBRATION_GATES = {
    "candidates": env.int("CALIBRATION_MIN_CANDIDATES", default=100),
    "ratings": env.int("CALIBRATION_MIN_RATINGS", default=1_500),
    "connected": env.float("CALIBRATION_MIN_CONNECTED", default=0.80),
    "variance_move": env.float("CALIBRATION_MAX_VARIANCE_MOVE", default=0.25),
    "mean_move": env.float("CALIBRATION_MAX_MEAN_MOVE", default=0.15),
}

# --- People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PeopleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedDoorAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator makes accounts; nobody signs up
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to people who have no account
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# A mail server by EMAIL_URL, or Django's own names; without either, mail stays in the database.
LOCAL_MAILBOX = not (env("EMAIL_URL", default="") or env("EMAIL_BACKEND", default=""))
EMAIL_TIMEOUT = 20  # seconds; a server that is silent must not hold a worker
if env("EMAIL_URL", default=""):
    globals().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = env("EMAIL_BACKEND", default="") or "mail.local_mailbox.LocalMailbox"
# What links in e-mails begin with; a worker has no request to learn it from.
SITE_URL = env("SITE_URL", default=f"http://localhost:{env('PORT', default='8000')}").rstrip("/")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="scorecard@localhost")

# --- Pages ------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.ModuleStaticFilesStorage"},
}
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# Web and worker share it; every file in it is one person's, and goes after three days.
EXPORTS_FOLDER = VAR / "exports"
# Five export files of a season. A larger body is refused before any of it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from within, without the proxy
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whether other names of the domain are reached by TLS alone is not ours to promise.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {  # else every sweep says three lines, four times a minute
        name: {"level": "WARNING"}
        for name in ("celery.beat", "celery.worker.strategy", "celery.app.trace")
    },
}

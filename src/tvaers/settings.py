"""Django's settings. Everything that differs between installations is an environment variable.

`TVAERS_DEMO=1` switches the demo on: one-click sign-in, and plain http on one's own machine.
"""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from tvaers.database.connections import databases
from tvaers.database.folders import data_folder
from tvaers.database.secrets import secret
from tvaers.messages.email_url import mail_server

PACKAGE = Path(__file__).parent

TVAERS_DEMO = os.environ.get("TVAERS_DEMO") == "1"
TVAERS_CLOCK_OFFSET = int(os.environ.get("TVAERS_CLOCK_OFFSET") or 0) if TVAERS_DEMO else 0
TVAERS_CPR_KEY = os.environ.get("TVAERS_CPR_KEY") or secret("cpr_key")
TVAERS_INDEX = data_folder() / "index"
SECRET_KEY = os.environ.get("TVAERS_SECRET_KEY") or secret("secret_key")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("TVAERS_HOSTS", "localhost 127.0.0.1 [::1]").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("TVAERS_ORIGINS", "").split()

INSTALLED_APPS = [
    "tvaers.database",
    "pgtrigger",
    "tvaers.places",
    "tvaers.taxonomy",
    "tvaers.network",
    "tvaers.accounts",
    "tvaers.messages",
    "tvaers.links",
    "tvaers.audit",
    "tvaers.companies",
    "tvaers.candidates",
    "tvaers.agreements",
    "tvaers.orders",
    "tvaers.matching",
    "tvaers.referrals",
    "tvaers.circulation",
    "tvaers.postings",
    "tvaers.leading",
    "tvaers.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "tvaers.web.visits.timed",
    "tvaers.web.middleware.few_forms_at_once",
    "django.middleware.security.SecurityMiddleware",
    "tvaers.web.security.guarded",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tvaers.web.middleware.whole_redirects",
    "tvaers.web.middleware.chosen_language",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "tvaers.web.urls"
WSGI_APPLICATION = "tvaers.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tvaers.web.layout.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tvaers.web.templatetags.ui",
            ],
        },
    }
]

FORM_RENDERER = "tvaers.web.forms.Renderer"

DATABASES = databases()
DATABASE_ROUTERS = ["tvaers.database.connections.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "tvaers.web.errors.form_too_old"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Dansk")), ("en", _("Engelsk"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("TVAERS_STATIC_ROOT") or PACKAGE / "web" / "static")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if not TVAERS_DEMO:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Machines ask these from beside us, without a proxy between.
    SECURE_REDIRECT_EXEMPT = [r"^sundhed/$", r"^klar/$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True

TVAERS_ADDRESS = os.environ.get("TVAERS_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("TVAERS_MAIL_FROM", "tvaers@localhost")
MAIL_SERVER = mail_server(os.environ.get("EMAIL_URL"))
# Without a mail server messages wait in the outbox; the demo catches them in a table.
EMAIL_BACKEND = "tvaers.messages.caught.Backend" if TVAERS_DEMO else MAIL_SERVER.backend
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.starttls, MAIL_SERVER.tls
EMAIL_TIMEOUT = 20  # seconds that the mail server may take for each step

PROCRASTINATE_IMPORT_PATHS = ["tvaers.jobs.tasks"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None

TVAERS_METRICS_TOKEN = os.environ.get("TVAERS_METRICS_TOKEN", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "keys": {"()": "tvaers.web.logs.WithoutKeys"},
        "addresses": {"()": "tvaers.core.log_lines.WithoutAddresses"},
    },
    "formatters": {
        "json": {"()": "tvaers.core.log_lines.JsonLines"},
        "text": {"format": "%(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["keys", "addresses"],
            "formatter": os.environ.get("TVAERS_LOG") or ("text" if TVAERS_DEMO else "json"),
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("TVAERS_LOG_LEVEL", "WARNING")},
    # Django's own would write beside ours, with addresses in it.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}

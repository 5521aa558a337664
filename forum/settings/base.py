"""Everything the forum is made of. What the environment leaves unsaid falls back to the embedded default:
one process, SQLite, local files. `production` allows no such falling back."""

import operator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.csp import CSP

from forum.settings.environment import database, env, mailer, shared_caches, shared_channels
from forum.settings.seen import *

ROOT = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("DATA_DIR", "") or ROOT / "var").resolve()

DEBUG = False
SITE_NAME = env.str("SITE_NAME", "Relay Community")
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", "") or f"http://127.0.0.1:{PORT}"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# One click signs in as a person of the demo. Only the embedded settings can open this door.
DEMO_SIGN_IN = False
# Whom it lets in, and what they stand for.
DEMO_PEOPLE: list[tuple[str, str]] = []

INSTALLED_APPS = [
    "forum",
    "cms",
    "community",
    "community.people",
    "community.organisations",
    "community.requests",
    "community.inbox",
    "community.spaces",
    "community.threads",
    "community.moderation",
    "community.tickets",
    "community.desk",
    "community.search",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "community.live",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_filters",
    "django_tasks_db",
    "crontask",
    "channels",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "forum.running.probes.ProbeMiddleware",
    "forum.running.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "forum.privacy.KeepToReaderMiddleware",
    "forum.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "forum.reader.ReaderMiddleware",
    "forum.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "forum.errors.RefusalMiddleware",
    "forum.nul.NoNulMiddleware",
]

ROOT_URLCONF = "forum.urls"
ASGI_APPLICATION = "forum.asgi.application"
WSGI_APPLICATION = "forum.wsgi.application"
# As many requests are worked on at once; each thread keeps one database connection.
PAGE_THREADS = env.int("PAGE_THREADS", 8)

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
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
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# What moderates itself

# Flags that weigh this much together hide a post until a moderator has looked: three people without a record, or two
# whose flags were right before (community/moderation/actions/weighing.py).
FLAGS_HIDE_AT = env.float("FLAGS_HIDE_AT", 1.5)

# Where things are kept

DATABASES = {"default": database(env.str("DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'forum.sqlite3'}")}
REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES = shared_caches(REDIS_URL)
    SESSION_CACHE_ALIAS = "sessions"
    CHANNEL_LAYERS = {"default": shared_channels(REDIS_URL)}
    # Two schedulers must not both queue the same work.
    CRONTASK = {"REDIS_URL": REDIS_URL}
else:
    # One process: its memory is shared by everyone who needs to share.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# A folder whose files take the place of ours by the same name, such as forum/css/tokens.css: the look of another house.
LOOK_DIR = env.str("LOOK_DIR", "")
STATICFILES_DIRS = [Path(LOOK_DIR).resolve()] if LOOK_DIR else []
# True serves the files straight from the source tree: while developing and in tests.
STATIC_FROM_SOURCE = False
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_DIR", "") or DATA_DIR / "media").resolve()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "forum.static_files.StaticFiles"},
}

# Pages

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
# Whoever is signed in and may not edit pages is told so, instead of being sent round in circles.
WAGTAILADMIN_LOGIN_URL = "people:enter_pages"
# A password that many share opens nothing here: what is for few is for people who sign in.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
# Nothing of ours is fetched from, or told to, anybody else.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# PostgreSQL takes words as they are written; their forms in five languages are ours (community/prose/stems.py).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}

# Mail

MAILERS = {"default": mailer(env.str("EMAIL_URL", "") or f"file://{DATA_DIR / 'mail'}")}
# Letters wait in the queue of tasks for a mail server that is away; False: they are handed over at once.
LETTERS_ARE_QUEUED = True
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "") or f"{SITE_NAME} <noreply@{urlsplit(SITE_URL).hostname}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# People

AUTH_USER_MODEL = "people.Member"
# One way to check a password: a second one would take a second hash, and the time of it would tell who is known.
AUTHENTICATION_BACKENDS = ["forum.coming_in.HouseBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# Read from the cache, written to the database too: a lost cache signs nobody out.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# How many proxies of ours stand between a client and us; the rate limits count clients by what lies before them.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
# Off only where nobody is a stranger: tests and measurements.
RATE_LIMITS = env.bool("RATE_LIMITS", True)
# Whether what looks like advertising waits for a moderator, and newcomers have limits; off for the same reason.
SPAM_SIGNALS, NEWCOMER_LIMITS = env.bool("SPAM_SIGNALS", True), env.bool("NEWCOMER_LIMITS", True)
# Asked beside our own signals, where there is a key.
AKISMET_KEY = env.str("AKISMET_KEY", "")

ACCOUNT_ADAPTER = "forum.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "community.people.forms.SignInForm",
    "signup": "community.people.forms.SignUpForm",
    "change_password": "community.people.forms.PasswordChangeForm",
    "set_password": "community.people.forms.FirstPasswordForm",
    "reset_password": "community.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "community.people.forms.PasswordByMailForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_DISPLAY = operator.attrgetter("called")
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
# allauth's own limits: what stands for "its defaults" is an empty table.
ACCOUNT_RATE_LIMITS = {} if RATE_LIMITS else False
MFA_RATE_LIMITS = ACCOUNT_RATE_LIMITS
MFA_ADAPTER = "forum.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {
    "add_webauthn": "community.people.passkeys.AddKeyForm",
    "authenticate_webauthn": "community.people.passkeys.UseKeyForm",
    "login_webauthn": "community.people.passkeys.SignInWithKeyForm",
    "reauthenticate_webauthn": "community.people.passkeys.ProveWithKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# A clock that is half a minute off must not lock anybody out.
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_ADAPTER = "community.people.adapters.SessionsAdapter"
# A link to a new password is for now, not for a mailbox that somebody opens next week.
PASSWORD_RESET_TIMEOUT = 3600
# Writing down every request of everybody would make each page a write.
USERSESSIONS_TRACK_ACTIVITY = False
# Passwords, addresses and names change in one place only, and that place is not the pages' back office.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

# Language and time

# The house's own: for whoever asks for none that we speak, and for what is said once for everybody.
LANGUAGE_CODE = env.str("SITE_LANGUAGE", "en")
# Each by its own name: whoever looks for his language knows that one.
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")]
# What a visitor has chosen; nobody has it who has not.
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [ROOT / "forum" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# What a browser may do with our pages

SECURE_CSP: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    # data: and blob: show a pasted image before it has been uploaded.
    "img-src": [CSP.SELF, "data:", "blob:"],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "forum.errors.csrf_failure"

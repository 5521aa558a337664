"""Several processes on PostgreSQL and Redis, behind a proxy that speaks TLS. Nothing is assumed: what is
missing from the environment is named, all at once, and the forum does not start."""

from forum.settings.environment import env, require

require("SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "MAIL_FROM", "MEDIA_DIR")

from forum.settings.base import *

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])

# Without a proxy of ours, anybody could say that he came through TLS.
TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1)
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# A cookie with this prefix can be set by this host only, never by a neighbour below the same domain.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

LOGGING["handlers"]["console"]["formatter"] = "json"
# Each request, sign-in and decision about many threads leaves a line; Django's own about what was not found would be
# a second one.
LOGGING["loggers"] |= {
    name: {"level": "INFO"} for name in ("forum.requests", "forum.sign_ins", "forum.running", "moderation")
}
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}

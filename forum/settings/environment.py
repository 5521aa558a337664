"""What the environment may say, and how it becomes settings. `.env.sample` explains every name."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()

# A page that takes longer has lost its reader; what waits this long for a lock waits for something that went wrong.
STATEMENT_SECONDS = env.int("DATABASE_STATEMENT_SECONDS", 30)
LOCK_SECONDS = env.int("DATABASE_LOCK_SECONDS", 10)
# What is asked again and again is read and planned once for each connection. It takes half of a reply from PostgreSQL
# (measured), but a pooler between us that changes connections from one transaction to the next knows nothing of it.
# What a migration makes of such plans: forum/plans.py.
PREPARED = env.bool("DATABASE_PREPARED", True)
ASKED_BEFORE_PREPARED = 3


def require(*names: str) -> None:
    """Refuse to start unless every name has a value, naming all that lack one at once."""
    missing = [name for name in names if not env.str(name, "")]
    if missing:
        raise ImproperlyConfigured(f"Set these environment variables first (see .env.sample): {', '.join(missing)}")


def database(url: str) -> dict[str, Any]:
    """The settings of one database; `url` is sqlite:///path or postgres://user:password@host:port/name."""
    config: dict[str, Any] = {**dj_database_url.parse(url)}
    if config["ENGINE"].endswith("sqlite3"):
        # The same, but whose writers wait in line instead of asking again and again.
        config["ENGINE"] = "forum.sqlite3"
        # A transaction that reads first and writes later fails at once when another one wrote in between,
        # however long the timeout; taking the write lock at the start is what makes writers queue.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # FULL: a reply that was acknowledged survives a power cut, not only a killed process. It costs a
            # millisecond for each commit (measured on a virtual disk: 412 commits a second).
            # No more cache than its own 2 MB: each thread has a connection, and the system keeps the file in memory
            # once. Four times as much for each cost 40 MB and made no page faster (measured with 20,000 posts).
            # While somebody reads on and on, such as a backup, the journal grows; afterwards it is cut to 16 MB.
            # What is taken out is written over in the file too, whichever way SQLite was built.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA journal_size_limit=16777216; PRAGMA secure_delete=ON;",
        }
        # The server keeps a fixed set of threads, each with its connection open.
        config["CONN_MAX_AGE"] = None
    else:
        # A connection that died in the pool is found before a page gets it.
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {
            # A server that answers nothing any more is given up, instead of waiting for the network to notice.
            "connect_timeout": 3,
            "keepalives_idle": 10,
            "tcp_user_timeout": 10_000,
            "server_side_binding": PREPARED,
            "prepare_threshold": ASKED_BEFORE_PREPARED if PREPARED else None,
            **config.get("OPTIONS", {}),
            "pool": {
                "min_size": 2,
                "max_size": env.int("DATABASE_POOL", 20),
                # There are more connections than threads: who waits longer waits for a server that is away.
                "timeout": 2,
                # Its own tries come twice as late each time, so it begins afresh when somebody asks.
                "reconnect_timeout": 4,
            },
        }
    return config


def shared_caches(redis_url: str) -> dict[str, Any]:
    """The caches of several processes. Sessions have one of their own, which remembers nothing while Redis is away."""
    cache = {"BACKEND": "forum.cache.SharedCache", "LOCATION": redis_url}
    return {"default": cache, "sessions": cache | {"OPTIONS": {"OWN_MEMORY": False}}}


def shared_channels(redis_url: str) -> dict[str, Any]:
    """Channels know no databases: by the prefix, a forum under another number of the same server hears nothing."""
    config = {"hosts": [redis_url], "prefix": f"forum{urlsplit(redis_url).path}"}
    return {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": config}


def mailer(url: str) -> dict[str, Any]:
    """The settings of one mailer; `url` is smtp://host, submission://user:password@host, file:///folder or console:."""
    told = dj_email_url.parse(url)
    if "EMAIL_BACKEND" not in told:
        raise ImproperlyConfigured("EMAIL_URL starts with smtp:, submission:, file: or console:.")
    options: dict[str, Any] = {}
    if told["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
        options = {
            "host": told["EMAIL_HOST"],
            "port": told["EMAIL_PORT"],
            "username": told["EMAIL_HOST_USER"],
            "password": told["EMAIL_HOST_PASSWORD"],
            "use_tls": told["EMAIL_USE_TLS"],
            "use_ssl": told["EMAIL_USE_SSL"],
            "timeout": told["EMAIL_TIMEOUT"] or 10,
        }
    elif told["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
        options = {"file_path": f"/{told['EMAIL_FILE_PATH']}"}
    return {"BACKEND": told["EMAIL_BACKEND"], "OPTIONS": options}


def kept_secret(path: Path) -> str:
    """The secret in the file at `path`; made on the first call, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()

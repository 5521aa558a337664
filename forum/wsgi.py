"""The door for pages alone, when sockets are served by processes of their own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings.production")

application = get_wsgi_application()

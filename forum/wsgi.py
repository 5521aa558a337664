"""The door for pages alone, when sockets are served by processes of their own."""

import os

from django.core.wsgi import get_wsgi_application

from forum.patience import limit_pages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings.production")

application = get_wsgi_application()
limit_pages()

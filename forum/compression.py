from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from community import kept


class CompressionMiddleware(GZipMiddleware):
    """Compresses what is made for one reader; what the door keeps for many, it compresses once for all of them."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if kept.MARK in response else super().process_response(request, response)

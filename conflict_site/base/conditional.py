"""Answers that are not sent again while they are the same, to GET and HEAD alike.

Django's own gives a validator to GET alone, though HEAD is to have the same headers (RFC 9110, section 9.3.2).
"""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware


class ConditionalRead(ConditionalGetMiddleware):
    """Django's, which takes HEAD for GET. It stands within what compresses: a digest is of the words themselves."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        try:
            return super().process_response(request, response)
        finally:
            request.method = asked

"""What programs are told of a request that could not be answered: problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.http import JsonResponse

MEDIA = "application/problem+json"


def problem(status: int, **members: Any) -> JsonResponse:
    """A problem of this status; ``detail`` says in words what is wrong, other members are the address's own."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, **members}
    return JsonResponse(told, status=status, content_type=MEDIA, json_dumps_params={"ensure_ascii": False})

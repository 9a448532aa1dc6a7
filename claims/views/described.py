"""How a table says where its columns are described."""

from django.http import HttpRequest

from claims.formats import csvw

METADATA = "-metadata.json"


def described_by(request: HttpRequest) -> dict[str, str]:
    """The header that leads from a table to its metadata (CSV on the Web, section 5.2), under the same parameters."""
    query = request.META["QUERY_STRING"]
    url = request.build_absolute_uri(f"{request.path}{METADATA}{f'?{query}' if query else ''}")
    return {"Link": f'<{url}>; rel="describedby"; type="{csvw.CONTENT_TYPE}"'}

"""What an answer leads to: its links, and the forms that a reader can fill in."""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

HERE = "http://testserver"
ADDRESS = re.compile(rf'{HERE}(/[^"<>\s\\]*)')
LINKS = ("href", "hx-get", "src", "action", "data-url")

type Fields = dict[str, set[str]]  # the values on offer, by parameter


class Page(HTMLParser):
    """The links of a page, the forms that are sent as an address, and the fields that suggest while one types."""

    def __init__(self, url: str, body: str) -> None:
        super().__init__()
        self.url, self.links = url, set(ADDRESS.findall(body))
        self.forms: dict[str, Fields] = {}
        self.fields: Fields = {}
        self.name = ""
        if body.lstrip()[:1] == "<":
            self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.links |= {link for name in LINKS if (link := self._local(given.get(name)))}
        if "data-ajax--url" in given:
            self.links |= set(_suggestions(given))
        if tag == "form":
            self._open(given)
        elif tag in ("input", "select", "button") and (name := given.get("name")):
            self.name = name
            self.fields.setdefault(name, set())
        if tag in ("input", "option", "button") and given.get("value") and self.name in self.fields:
            self.fields[self.name].add(given["value"])

    def _open(self, given: dict[str, str]) -> None:
        is_address = given.get("method", "get").lower() == "get"
        action = self._local(given.get("action") or self.url) if is_address else None
        self.fields = self.forms.setdefault(action.partition("?")[0], {}) if action else {}

    def _local(self, link: str | None) -> str | None:
        """The address on this site, None for others."""
        parts = urlsplit(urljoin(HERE + self.url, link)) if link else None
        if parts is None or f"{parts.scheme}://{parts.netloc}" != HERE or parts.path.startswith("/static/"):
            return None
        return parts._replace(scheme="", netloc="", fragment="").geturl()


def parameters(link: str) -> Fields:
    """The parameters of a link with their values."""
    found: Fields = {}
    for name, value in parse_qsl(urlsplit(link).query):
        found.setdefault(name, set()).add(value)
    return found


def _suggestions(given: dict[str, str]) -> list[str]:
    """What a field of the admin asks for as one types, as the attributes of its tag tell."""
    names = ("app_label", "model_name", "field_name")
    query = "&".join(f"{name}={given[f'data-{name.replace("_", "-")}']}" for name in names)
    return [f"{given['data-ajax--url']}?{query}&term={term}" for term in ("", "put", "talks", "zzz")]

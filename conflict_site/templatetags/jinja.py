"""What is drawn by the hundreds in a page, by Jinja2: compiled to Python, such rows take a fraction of the time.

These templates are in ``templates/jinja2``. All else stays in Django's templates, which know the request, addresses and
forms; a template here knows only the values it is given, and a value that it misses is an error.
"""

from django import template
from django.template import engines
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def jinja(name: str, **values: object) -> SafeString:
    """The HTML of a template in ``templates/jinja2``: ``{% jinja "entries.html" entries=entries %}``."""
    return mark_safe(engines["jinja2"].get_template(name).render(values))  # noqa: S308 (the engine escapes every value)

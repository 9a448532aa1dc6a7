"""Languages by name."""

from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """The English name of a language, or its code where Django has none."""
    try:
        name: str = get_language_info(code)["name"]
    except KeyError:
        return code
    return name

"""Our own texts, written in Markdown, as HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "a", "em", "strong", "blockquote", "code", "hr", "br"}


def to_html(text: str) -> SafeString:
    """CommonMark as clean HTML: no raw HTML, no images, links without a way back to this window (rel=noopener)."""
    html = _renderer().render(text)
    return mark_safe(nh3.clean(html, tags=TAGS))  # noqa: S308 (nh3 has cleaned it)


def _renderer() -> MarkdownIt:
    """One for each text: it lists its rules at its first use, and another thread would see the list half made."""
    return MarkdownIt("commonmark", {"html": False})

"""Our own texts, written in Markdown, as HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "a", "em", "strong", "blockquote", "code", "hr", "br"}
RENDERER = MarkdownIt("commonmark", {"html": False})


def to_html(text: str) -> SafeString:
    """CommonMark as clean HTML: no raw HTML, no images, links without a way back to this window (rel=noopener)."""
    return mark_safe(nh3.clean(RENDERER.render(text), tags=TAGS))  # noqa: S308 (nh3 has cleaned it)

"""The design system's icons, as decoration."""

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

ICONS = "vendor/dkfds/img/all-svg-icons.svg"
ICON_OF = {"mark": "share", "error": "error", "debug": "info"}


@cache
def icon(name: str, css: str = "") -> SafeString:
    """One icon; screen readers pass over it."""
    return format_html(
        '<svg class="icon-svg {}" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        css,
        static(ICONS),
        ICON_OF.get(name, name) or "info",
    )

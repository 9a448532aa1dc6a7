"""A process of its own: puts what would run in a page into every text field of what readers see.

``python -m soak.plant``; prints how many values it has replaced.
"""

import os
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import django
from django.db import DatabaseError, models, transaction

RUN = "window.ran=1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f'"><script>{RUN}</script>',
    f"'><script>{RUN}</script>",
    f"</script><script>{RUN}//",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT>",
    f"<<script>{RUN}//<</script>",
    f"<script/x>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><img src=x onerror={RUN}>',
    f"<img src=`x` onerror={RUN}>",
    f"<img/src/onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN}>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"<iframe src=javascript:parent.{RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f'" autofocus onfocus={RUN} x="',
    f"' onmouseover={RUN} x='",
    f"<a href=javascript:{RUN}>x</a>",
    f"[x](javascript:{RUN})",
    f"{{{{{RUN}}}}}",
    f"${{{RUN}}}",
]
LEAST = 60  # characters that a field must take
LEFT_OUT = ("_edtf", "_text", "sha256", "url")  # dates, digests, addresses: what is written there is read first


def main() -> None:
    django.setup()
    from claims.models import permitted

    number, payloads = 0, cycle(PAYLOADS)
    with permitted(reason="What would run in a page."):
        for model, name in fields():
            for key in model._default_manager.order_by("pk").values_list("pk", flat=True)[: len(PAYLOADS)]:
                number += put(model, key, name, next(payloads))
    print(number)


def fields() -> Iterator[tuple[Any, str]]:
    """The fields in which curators write words, of all that readers see."""
    from claims.models import Change
    from claims.models.guard import EDITORIAL, PARTS, RECORDS
    from conflict_site.models import Site

    shown: list[Any] = [*EDITORIAL, *RECORDS, *(part for part, _, _ in PARTS), Change, Site]
    for model in dict.fromkeys(shown):
        for field in model._meta.fields:
            if holds_words(field):
                yield model, field.name


def holds_words(field: Any) -> bool:
    """Whether a field takes any words."""
    text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.SlugField)
    return text and not field.choices and (field.max_length or LEAST) >= LEAST and not field.name.endswith(LEFT_OUT)


def put(model: Any, key: Any, name: str, payload: str) -> int:
    """Replace one value; 1 unless the database refuses it."""
    try:
        with transaction.atomic():
            return int(model._default_manager.filter(pk=key).update(**{name: payload}))
    except DatabaseError:
        return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict_site.settings")
    main()

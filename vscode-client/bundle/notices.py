"""The licences of all that is bundled, as one text."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent

from unpack import Notice

LINE = "-" * 78
BEGIN = """\
Third-party notices

The server is bundled with the packages below, each under a licence of its own.
The names of the licences and their texts are those in the packages.
"""


def third_party(notices: Iterable[Notice]) -> str:
    known = {(notice.name.lower(), notice.version): notice for notice in notices}
    ordered = [known[key] for key in sorted(known)]
    contents = "\n".join(f"  {_headline(notice)}" for notice in ordered)
    return "\n".join([BEGIN, contents, "", *map(_section, ordered)])


def _section(notice: Notice) -> str:
    texts = "\n\n".join(dedent(text).strip() for _, text in notice.texts)
    told = texts or f"The package carries no text of its licence, {notice.licence}."
    return f"{LINE}\n{_headline(notice)}\n{LINE}\n\n{told}\n"


def _headline(notice: Notice) -> str:
    return f"{notice.name} {notice.version}: {notice.licence or 'its text is below'}"

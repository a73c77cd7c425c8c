"""What the name of a page says: a record's own, one about the log, or one of a folder."""

from __future__ import annotations

import posixpath
import re

from adr_lsp.record.key import has_key, number_of

_CATALOGUES = ("INVARIANTS.md", "INVARIANTS.mdx")
_OVERVIEWS = ("readme", "index")
_NO_RECORDS = frozenset({*_OVERVIEWS, "template", "templates", "toc", "summary"})
TEMPLATE_NAMES = "template|modele|modèle|modelo|plantilla|vorlage|템플릿|模板"
_TEMPLATE = re.compile(rf"[_.-]*(?:[a-z]+[-_])*(?:{TEMPLATE_NAMES}|index|readme)(?:[-_.][a-z]+)*\Z")
_NUMBERED_TEMPLATE = re.compile(
    r"\d+[-_ ](?:(?:adr|rfc|kep|proposal|record|decision)[-_ ])?template\Z"
)
_COPIES = frozenset({"versioned_docs"})
_ZERO = re.compile(r"[a-z_-]*?0+[-_. ]*")


def is_catalogue(path: str) -> bool:
    return path.rpartition("/")[2] in _CATALOGUES


def is_overview(path: str) -> bool:
    """A `README` or `index` that may stand for its folder."""
    return path.rpartition("/")[2].partition(".")[0].lower() in _OVERVIEWS


def stands_for_its_folder(path: str) -> bool:
    return is_overview(path) and has_key(posixpath.basename(posixpath.dirname(path)))


def is_about_the_log(path: str) -> bool:
    """A README, an index or a template, by its own name or that of a folder inside the log."""
    if stands_for_its_folder(path):
        return False
    folders = {part.lower() for part in path.split("/")[:-1]}
    stem = posixpath.splitext(posixpath.basename(path))[0].lower()
    if folders & {"template", "templates"} or stem in _NO_RECORDS:
        return True
    if _NUMBERED_TEMPLATE.match(stem):
        return True
    slug = _ZERO.sub("", stem, count=1) if number_of(stem) == 0 else stem
    return (slug != stem or number_of(stem) is None) and bool(_TEMPLATE.match(slug))


def in_copy(path: str) -> bool:
    """Whether it is of what a site generator keeps of an earlier version."""
    return any(part in _COPIES for part in path.split("/")[:-1])

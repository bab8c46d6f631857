"""What a page becomes: the objects that `split` returns."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from typing import Any, List, Mapping, Optional, Type, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class PageLines:
    """Lines of a page, as `13-35,40`."""

    page: str
    lines: str


@dataclass(frozen=True)
class Source:
    """The lines of the source page that an article was made from; `more`: its continuations on other pages."""

    page: str
    lines: str
    more: List[PageLines]


@dataclass(frozen=True)
class LinesOfPage:
    """Numbers of lines of another page."""

    page: str
    lines: List[int]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of an article's text."""

    role: str
    """`body`, `subhead` or `caption`"""
    text: str
    lines: List[int]
    """numbers of the page's lines that it is made from"""
    more: List[LinesOfPage]
    """those of other pages of the issue"""


@dataclass(frozen=True)
class Article:
    """An article: the keys of an article file of wenzhai, and its text."""

    file: str
    """where an import would write it"""
    title: str
    title_inferred: bool
    """the page prints no headline; this one was made from the text"""
    kicker: Optional[str]
    subtitle: Optional[str]
    column: Optional[str]
    authors: List[str]
    byline: Optional[str]
    date: Optional[datetime.date]
    paper: Optional[str]
    issue: Optional[int]
    page: Optional[int]
    themes: List[str]
    kind: str
    """`news`, `photo`, `commentary`, `theory` or `brief`"""
    missing_before: Optional[str]
    missing_after: Optional[str]
    breaks_off: bool
    source: Optional[Source]
    body: str
    """CommonMark"""
    paragraphs: List[Paragraph]


@dataclass(frozen=True)
class UnsureWords:
    """A place in a line that was read with low confidence."""

    text: str
    at: int
    confidence: float


@dataclass(frozen=True)
class LedgerLine:
    """What became of a line of the page."""

    page: str
    line: int
    role: str
    article: Optional[str]
    """the `file` of its article"""
    why: str
    box: Optional[List[float]]
    """left, top, right, bottom in points, where the page's format says where its lines stand"""
    unsure_words: List[UnsureWords]


@dataclass(frozen=True)
class Doubt:
    """A line that may be something else; `certainty` is a probability."""

    line: int
    role: str
    certainty: float


@dataclass(frozen=True)
class Finding:
    """A finding about a page."""

    code: str
    severity: str
    message: str
    hint: Optional[str]
    file: Optional[str]
    line: Optional[int]
    column: Optional[int]


@dataclass(frozen=True)
class Page:
    """A page with its articles."""

    name: str
    paper: Optional[str]
    date: Optional[datetime.date]
    issue: Optional[int]
    page: Optional[int]
    articles: List[Article]
    ledger: List[LedgerLine]
    """each line of the page exactly once"""
    doubts: List[Doubt]
    """the least certain line first"""
    findings: List[Finding]


@dataclass(frozen=True)
class Theme:
    """A theme that fits a text, with the terms that speak for it."""

    id: str
    score: float
    evidence: List[str]


class PageError(ValueError):
    """A page that cannot be read: `finding` says why, and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.code}: {finding.message}" + (f" ({finding.hint})" if finding.hint else ""))
        self.finding = finding


# lists of these objects, by the name of their field
_LISTS: Mapping[str, Any] = {
    "articles": Article,
    "paragraphs": Paragraph,
    "ledger": LedgerLine,
    "unsure_words": UnsureWords,
    "doubts": Doubt,
    "findings": Finding,
}
_EMPTY_LISTS = {"more", "unsure_words"}
_FLAGS = {"title_inferred", "breaks_off"}


def from_json(kind: Type[T], value: Mapping[str, Any]) -> T:
    """The object of a kind with the fields of a JSON object; what that leaves out is None, false or an empty list."""
    found = {field.name: _field(kind, field.name, value.get(field.name)) for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**found)


def _field(kind: Type[Any], name: str, value: Any) -> Any:
    if value is None:
        return False if name in _FLAGS else [] if name in _EMPTY_LISTS else None
    if name == "date":
        return datetime.date.fromisoformat(value)
    if name == "source":
        return from_json(Source, value)
    if name == "more":
        part = PageLines if kind is Source else LinesOfPage
        return [from_json(part, item) for item in value]
    if name in _LISTS:
        return [from_json(_LISTS[name], item) for item in value]
    return value

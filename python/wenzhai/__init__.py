"""wenzhai 文摘: newspaper pages into articles.

>>> import wenzhai
>>> page = wenzhai.split("2025年3月18日 星期二\\n\\n家门口的微工厂\\n\\n本报记者 林屏之\\n\\n镇里把闲置的教室改成车间，三家企业把订单送上门。\\n")
>>> [(article.title, article.authors, str(article.date)) for article in page.articles]
[('家门口的微工厂', ['林屏之'], '2025-03-18')]
>>> [(line.line, line.role) for line in page.ledger]
[(1, 'furniture'), (3, 'title'), (5, 'byline'), (7, 'body')]
"""

from __future__ import annotations

import datetime
import functools
import json
import os
from typing import TYPE_CHECKING, Any, Iterable, List, Mapping, Optional, Tuple, Union

from wenzhai import _wenzhai
from wenzhai.pages import (
    Article,
    Doubt,
    Finding,
    LedgerLine,
    LinesOfPage,
    Page,
    PageError,
    PageLines,
    Paragraph,
    Source,
    Theme,
    UnsureWords,
    from_json,
)

if TYPE_CHECKING:
    import pyarrow

__version__ = _wenzhai.__version__

__all__ = [
    "Article",
    "Doubt",
    "Finding",
    "LedgerLine",
    "LinesOfPage",
    "Page",
    "PageError",
    "PageLines",
    "Paragraph",
    "Source",
    "Splitter",
    "Theme",
    "UnsureWords",
    "classify",
    "schema",
    "split",
    "split_batch",
    "split_issue",
]


class Splitter:
    """Splits pages and files texts by the settings of a site.

    `settings` is the path of a `site.toml`: its themes, papers and rules of filing are used; those of wenzhai's starter site where
    there is none. `lang` is the language of findings: `zh-Hans`, `zh-Hant` or `en`. One object serves any number of threads.

    >>> Splitter().classify("小区为外卖小哥开通绿色通道。", title="给骑手留一扇门")[0].id
    '新就业形态'
    """

    def __init__(self, settings: Union[str, os.PathLike[str], None] = None, *, lang: str = "en") -> None:
        given = None
        if settings is not None:
            with open(settings, encoding="utf-8") as file:
                given = (os.fspath(settings), file.read())
        self._given = (given, lang)
        self._engine = _engine(given, lang)

    def __reduce__(self) -> Any:
        # engines send objects to other processes and machines, which may not have the file of the settings
        return _splitter, self._given

    def split(
        self,
        text: Optional[str] = None,
        *,
        path: Union[str, os.PathLike[str], None] = None,
        name: Optional[str] = None,
        paper: Optional[str] = None,
        date: Union[datetime.date, str, None] = None,
        page: Optional[int] = None,
        issue: Optional[int] = None,
        sidecar: Optional[str] = None,
    ) -> Page:
        """Splits a page into its articles.

        `text` is the content of the page's file: text, or an OCR result in XML or JSON; or `path` names the file. `name` is the name
        of the file, which may say the day and the page; `paper`, `date`, `page` and `issue` are for pages that do not print them;
        `sidecar` is a person's corrections in TOML. Of a file with several pages, `path` has to name one: `issue.pdf#3`.

        Raises `PageError` where the page cannot be read.

        >>> Splitter().split("没有日期的版面\\n\\n本报记者 林屏之\\n\\n车间里的灯亮到很晚，大家都在等结果。\\n", date="2025-03-19").date
        datetime.date(2025, 3, 19)
        """
        request = _request(text, path, name, paper, date, page, issue, sidecar)
        found = self._objects([request], issues=False)
        if len(found) != 1:
            raise ValueError(f"the file has {len(found)} pages: name one of them, as {path}#1")
        return found[0]

    def split_issue(self, pages: Iterable[Mapping[str, Any]]) -> List[Page]:
        """Splits the pages of an issue, and joins the articles that go on on another page. Each is a mapping with the arguments of
        `split`; pages of one paper and day have to follow each other.

        Raises `PageError` where a page cannot be read.
        """
        return self._objects([_request(**{"text": None, **page}) for page in pages], issues=True)

    def classify(
        self, text: str, *, title: str = "", kicker: str = "", subtitle: str = "", column: str = ""
    ) -> List[Theme]:
        """The themes that fit a text, best first."""
        request = {"text": text, "title": title, "kicker": kicker, "subtitle": subtitle, "column": column}
        found = json.loads(self._engine.classify(json.dumps(request)))
        return [from_json(Theme, theme) for theme in found["themes"]]

    def split_batch(
        self, batch: pyarrow.RecordBatch, *, articles: bool = False, issues: bool = False
    ) -> pyarrow.RecordBatch:
        """Splits the pages of a table: a row a page, or with `articles` a row an article, as `schema` says.

        Its columns are the arguments of `split`, of any type that can be cast, and `id`, which comes back; others are left aside. With
        `issues`, articles that go on on another page are joined: rows of one paper and day that follow each other are an issue. A page
        that cannot be read is a row with `error`. Data comes and goes through the Arrow C data interface; the interpreter's lock is released.
        """
        return self._engine.split_batch(batch, articles, issues)

    def _objects(self, requests: List[Mapping[str, Any]], issues: bool) -> List[Page]:
        lines = self._engine.split([json.dumps(request) for request in requests], issues)
        return [_page(json.loads(line)) for line in lines]


def _request(
    text: Optional[str],
    path: Union[str, os.PathLike[str], None] = None,
    name: Optional[str] = None,
    paper: Optional[str] = None,
    date: Union[datetime.date, str, None] = None,
    page: Optional[int] = None,
    issue: Optional[int] = None,
    sidecar: Optional[str] = None,
) -> Mapping[str, Any]:
    return {
        "text": text,
        "path": None if path is None else os.fspath(path),
        "name": name,
        "paper": paper,
        "date": None if date is None else str(date),
        "page": page,
        "issue": issue,
        "sidecar": sidecar,
    }


def _page(found: Mapping[str, Any]) -> Page:
    if "error" in found:
        raise PageError(from_json(Finding, found["error"]))
    return from_json(Page, found)


@functools.lru_cache(maxsize=8)
def _engine(given: Optional[Tuple[str, str]], lang: str) -> _wenzhai.Engine:
    """One for all tasks of a process that have the same settings."""
    return _wenzhai.Engine(given, lang)


def _splitter(given: Optional[Tuple[str, str]], lang: str) -> Splitter:
    """The object that `Splitter.__reduce__` took apart."""
    splitter = Splitter.__new__(Splitter)
    splitter._given = (given, lang)
    splitter._engine = _engine(given, lang)
    return splitter


@functools.lru_cache(maxsize=None)
def _default() -> Splitter:
    return Splitter()


def split(
    text: Optional[str] = None,
    *,
    path: Union[str, os.PathLike[str], None] = None,
    name: Optional[str] = None,
    paper: Optional[str] = None,
    date: Union[datetime.date, str, None] = None,
    page: Optional[int] = None,
    issue: Optional[int] = None,
    sidecar: Optional[str] = None,
) -> Page:
    """`Splitter.split` with the settings of wenzhai's starter site."""
    return _default().split(
        text, path=path, name=name, paper=paper, date=date, page=page, issue=issue, sidecar=sidecar
    )


def split_issue(pages: Iterable[Mapping[str, Any]]) -> List[Page]:
    """`Splitter.split_issue` with the settings of wenzhai's starter site."""
    return _default().split_issue(pages)


def classify(text: str, *, title: str = "", kicker: str = "", subtitle: str = "", column: str = "") -> List[Theme]:
    """`Splitter.classify` with the settings of wenzhai's starter site."""
    return _default().classify(text, title=title, kicker=kicker, subtitle=subtitle, column=column)


def split_batch(batch: pyarrow.RecordBatch, *, articles: bool = False, issues: bool = False) -> pyarrow.RecordBatch:
    """`Splitter.split_batch` with the settings of wenzhai's starter site.

    >>> import pyarrow
    >>> pages = pyarrow.record_batch({"id": ["a"], "text": ["家门口的微工厂\\n\\n本报记者 林屏之\\n\\n镇里把闲置的教室改成车间。\\n"]})
    >>> split_batch(pages, articles=True).select(["id", "title", "authors"]).to_pylist()
    [{'id': 'a', 'title': '家门口的微工厂', 'authors': ['林屏之']}]
    """
    return _default().split_batch(batch, articles=articles, issues=issues)


def schema(*, articles: bool = False, id: Optional[pyarrow.DataType] = None) -> pyarrow.Schema:
    """The schema of what `split_batch` returns; `id` is the type of the column of ids, where the table has one.

    >>> import pyarrow
    >>> schema(articles=True, id=pyarrow.string()).names[:4]
    ['id', 'file', 'title', 'title_inferred']
    """
    return _wenzhai.table_schema(articles, id)

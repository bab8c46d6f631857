"""The package as a person at a table of pages uses it, and the same pages through the program."""

import concurrent.futures
import datetime
import doctest
import pickle

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from program import PROJECT, SAMPLE, by_program, without_null

import wenzhai

PAGE = """示范工人报

2025年3月18日 星期二 第8126期 1版

货车司机有了歇脚的驿站

本报记者 凌霄

三月以来，云泊市总工会在国道沿线建起了十二个货车司机驿站，夏天有凉茶，冬天有热水，司机们都说好。

技师把三十年手艺写成口袋书

本报记者 麦田

徒弟们说，师傅的书比说明书好懂。厂里把它当成了培训教材，新来的工人人手一本，考级的（下转第2版）
"""
SECOND = "示范工人报\n\n2025年3月18日 星期二 第8126期 2版\n\n（上接第1版）时候也用得上。\n"


def test_a_page_becomes_its_articles():
    page = wenzhai.split(PAGE, name="p1.txt")
    assert (page.paper, page.date, page.issue, page.page) == ("示范工人报", datetime.date(2025, 3, 18), 8126, 1)
    first, second = page.articles
    assert (first.title, first.authors, first.kind) == ("货车司机有了歇脚的驿站", ["凌霄"], "news")
    assert first.source == wenzhai.Source(page="p1.txt", lines="5-9", more=[])
    assert [(paragraph.role, paragraph.lines) for paragraph in first.paragraphs] == [("body", [9])]
    assert first.body == "\n" + first.paragraphs[0].text + "\n"
    assert second.missing_after == "下转第2版" and not second.breaks_off
    assert [line.line for line in page.ledger] == [1, 3, 5, 7, 9, 11, 13, 15]
    assert {line.article for line in page.ledger} == {None, first.file, second.file}


def test_the_pages_of_an_issue_are_joined():
    first, second = wenzhai.split_issue([{"text": PAGE, "name": "p1.txt"}, {"text": SECOND, "name": "p2.txt"}])
    joined = first.articles[1]
    assert joined.body.endswith("考级的时候也用得上。\n") and joined.missing_after is None
    assert joined.paragraphs[-1].more == [wenzhai.LinesOfPage(page="p2.txt", lines=[5])]
    assert joined.source is not None and joined.source.more == [wenzhai.PageLines(page="p2.txt", lines="5")]
    assert second.articles == []


def test_what_cannot_be_read_is_an_error_that_says_why(tmp_path):
    with pytest.raises(wenzhai.PageError, match="empty-page") as raised:
        wenzhai.split("", name="a.txt")
    assert raised.value.finding.hint
    with pytest.raises(wenzhai.PageError, match="bad-request"):
        wenzhai.split()
    with pytest.raises(wenzhai.PageError, match="unreadable"):
        wenzhai.split(path=tmp_path / "nowhere.txt")
    with pytest.raises(ValueError, match="invalid|expected"):
        wenzhai.split("文", date="in March")
    with pytest.raises(FileNotFoundError):
        wenzhai.Splitter(tmp_path / "site.toml")
    (tmp_path / "site.toml").write_text("title = 3\n")
    with pytest.raises(ValueError, match="site.toml"):
        wenzhai.Splitter(tmp_path / "site.toml")
    with pytest.raises(ValueError, match="zh-Hans"):
        wenzhai.Splitter(lang="de")
    with pytest.raises(ValueError, match="no column text"):
        wenzhai.split_batch(pa.record_batch({"page": [1]}))
    with pytest.raises(ValueError, match="the column date"):
        wenzhai.split_batch(pa.record_batch({"text": ["文"], "date": [[1]]}))


def test_settings_are_those_of_a_site(tmp_path):
    (tmp_path / "site.toml").write_text(
        'title = "试验"\nbase_url = "https://example.org/"\n[[themes]]\nid = "歇脚"\nslug = "rest"\n[themes.terms]\n"驿站" = 3.0\n"司机" = 3.0\n',
        encoding="utf-8",
    )
    digest = wenzhai.Splitter(tmp_path / "site.toml", lang="zh-Hans")
    assert digest.split(PAGE).articles[0].themes == ["歇脚"]
    assert [theme.evidence for theme in digest.classify("司机的驿站")] == [["司机", "驿站"]]
    with pytest.raises(wenzhai.PageError, match="版面既没有"):
        digest.split()
    # engines send it to other processes, where that file may not be
    (tmp_path / "site.toml").unlink()
    assert pickle.loads(pickle.dumps(digest)).split(PAGE) == digest.split(PAGE)


@pytest.mark.parametrize("articles", [False, True])
@pytest.mark.parametrize("issues", [False, True])
def test_a_table_has_what_the_program_prints(articles, issues):
    paths = [str(path) for path in SAMPLE] + ["nowhere.txt"]
    batch = pa.record_batch({"id": pa.array(range(len(paths)), pa.int16()), "path": paths, "unrelated": paths})
    splitter = wenzhai.Splitter(PROJECT / "site.toml")
    found = splitter.split_batch(batch, articles=articles, issues=issues)
    assert found.schema == wenzhai.schema(articles=articles, id=pa.int16())
    options = [option for option, wanted in [("--articles", articles), ("--issues", issues)] if wanted]
    printed = by_program([{"id": number, "path": path} for number, path in enumerate(paths)], "--root", str(PROJECT), *options)
    for line in printed:
        if "error" in line:
            # that of the line in the stream
            del line["line"], line["id"]
    rows = found.to_pylist()
    assert rows[-1].pop("id") == len(paths) - 1
    assert without_null(rows) == without_null(printed)


def test_columns_of_any_type_are_read_and_ids_come_back_as_they_were():
    ids = pa.array([b"a", None, b"c"]).dictionary_encode()
    text = pa.array([PAGE, SECOND, None], pa.large_string())
    batch = pa.record_batch({
        "id": ids,
        "text": text,
        "name": pa.array(["p1.txt", "p2.txt", None]).dictionary_encode(),
        "date": ["2025-03-18", None, None],
        "page": pa.array([1.0, None, 3.0]),
    })
    pages = wenzhai.split_batch(batch)
    assert pages.column("id").equals(ids)
    assert pages.column("page").to_pylist() == [1, 2, None]
    errors = pc.struct_field(pages.column("error"), "code").to_pylist()
    assert errors == [None, None, "bad-request"]
    # slices: another part of the same memory
    assert wenzhai.split_batch(batch.slice(1, 1)).column("name").to_pylist() == ["p2.txt"]
    empty = wenzhai.split_batch(batch.slice(0, 0), articles=True)
    assert empty.num_rows == 0 and empty.schema == wenzhai.schema(articles=True, id=ids.type)


def test_threads_share_a_splitter():
    splitter = wenzhai.Splitter()
    pages = [path.read_text(encoding="utf-8") for path in SAMPLE]
    alone = [splitter.split(page) for page in pages]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert list(pool.map(splitter.split, pages * 4)) == alone * 4


def test_the_examples_of_the_documentation_hold():
    failed, tried = doctest.testmod(wenzhai)
    assert (failed, tried > 5) == (0, True)

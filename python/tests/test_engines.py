"""The examples on real engines, each run as its documentation says; their tables have what `wenzhai split` prints."""

import os
import signal
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from program import PROJECT, SAMPLE, SETTINGS, by_program, json_lines, site_of, without_null

import wenzhai

UNREADABLE = {"id": "unreadable", "name": "unreadable.txt", "text": " \n", "paper": "示范工人报", "date": None, "page": None}
ENGINES = ["spark", "ray_data", "polars_expression"]


def sample(*years):
    """The sample's pages, last pages first, as printed in each of the years."""
    found = []
    for path in reversed(SAMPLE):
        page = wenzhai.split(path=path)
        for year in years or [page.date.year]:
            request = {"id": f"{year}/{path.name}", "name": path.name, "text": path.read_text(encoding="utf-8")}
            found.append({**request, "paper": page.paper, "date": page.date.replace(year=year), "page": page.page})
    return [*found, UNREADABLE]


def write_table(pages, path):
    types = [(name, pa.string()) for name in ("id", "name", "text", "paper")] + [("date", pa.date32()), ("page", pa.int32())]
    pq.write_table(pa.Table.from_pylist(pages, pa.schema(types)), path)


def command(engine, *arguments):
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "RAY_AUTH_MODE": "disabled"}
    line = [sys.executable, str(PROJECT / "python/examples" / f"{engine}.py"), *map(str, arguments), "--settings", str(SETTINGS)]
    return {"args": line, "env": environment}


def run(engine, *arguments):
    subprocess.run(**command(engine, *arguments), check=True, timeout=600)


def rows(table):
    """The rows of a table of articles, in an order that does not depend on the engine."""
    found = ds.dataset(table, partitioning=None).to_table().to_pylist()
    return sorted(map(without_null, found), key=lambda row: (row["id"], row.get("file", "")))


def expected(pages, *options):
    """The same by the program, which needs the pages of an issue one after the other."""
    order = sorted(pages, key=lambda page: (page["paper"], str(page["date"]), page["page"] or 0))
    requests = [{key: value and str(value) if key == "date" else value for key, value in page.items()} for page in order]
    found = by_program(requests, "--root", str(PROJECT), "--articles", *options)
    for row in found:
        if "error" in row:
            # that of the line in the stream
            del row["line"]
    return sorted(map(without_null, found), key=lambda row: (row["id"], row.get("file", "")))


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_makes_the_table_that_the_program_prints_and_a_site_is_made_of_it(engine, tmp_path):
    pages = sample()
    write_table(pages, tmp_path / "pages.parquet")
    table = tmp_path / "site/tables/articles.parquet"
    site = site_of(tmp_path / "site", lambda _: run(engine, tmp_path / "pages.parquet", table))
    assert site == site_of(tmp_path / "expected", json_lines(expected(pages)), "jsonl")
    found = rows(table)
    assert found == expected(pages) and len(found) > len(pages)
    assert [row["error"]["code"] for row in found if row["id"] == "unreadable"] == ["empty-page"]


@pytest.mark.parametrize("engine", ["spark", "ray_data"])
def test_articles_that_go_on_on_another_page_are_joined(engine, tmp_path):
    pages = sample()
    write_table(pages, tmp_path / "pages.parquet")
    run(engine, tmp_path / "pages.parquet", tmp_path / "articles", "--issues")
    found = rows(tmp_path / "articles")
    assert found == expected(pages, "--issues")
    assert any(row["source"].get("more") for row in found if "source" in row)


def test_spark_goes_on_after_it_was_killed(tmp_path):
    pages = sample(*range(2011, 2023))
    table, articles = tmp_path / "pages", tmp_path / "articles"
    for year in {page["date"] and page["date"].year for page in pages}:
        folder = table / f"year={year or '__HIVE_DEFAULT_PARTITION__'}"
        folder.mkdir(parents=True)
        write_table([page for page in pages if (page["date"] and page["date"].year) == year], folder / "pages.parquet")
    job = subprocess.Popen(**command("spark", table, articles), start_new_session=True)
    while not (complete := list(articles.glob("*/*/_SUCCESS"))):
        assert job.poll() is None, "the job ended without a complete part"
        time.sleep(0.01)
    os.killpg(job.pid, signal.SIGKILL)
    job.wait()
    complete = list(articles.glob("*/*/_SUCCESS"))
    written = {file: file.stat().st_mtime_ns for part in complete for file in part.parent.iterdir()}
    parts = {(page["paper"], page["date"] and page["date"].year) for page in pages}
    assert 0 < len(complete) < len(parts)
    run("spark", table, articles)
    assert rows(articles) == expected(pages)
    assert {file: file.stat().st_mtime_ns for file in written} == written, "complete parts are left as they are"


def test_one_page_of_a_million_characters_is_a_page_as_others(tmp_path):
    pages = sample()
    (long,) = [page for page in pages if page["name"] == SAMPLE[0].name]
    long["text"] = (long["text"] + "\n") * (1_000_000 // len(long["text"]) + 1)
    write_table(pages, tmp_path / "pages.parquet")
    run("spark", tmp_path / "pages.parquet", tmp_path / "articles")
    assert rows(tmp_path / "articles") == expected(pages)

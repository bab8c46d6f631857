"""Tables between the program and Arrow: what it exports is read, and a site is made of what Arrow's own writer writes."""

import json

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from program import PROJECT, SAMPLE, json_lines, program, site_of, without_null

import wenzhai

@pytest.fixture(scope="module")
def articles():
    splitter = wenzhai.Splitter(PROJECT / "site.toml")
    batch = splitter.split_batch(pa.record_batch({"path": [str(path) for path in SAMPLE]}), articles=True)
    return pa.Table.from_batches([batch])


@pytest.fixture(scope="module")
def expected(articles, tmp_path_factory):
    found = site_of(tmp_path_factory.mktemp("expected"), json_lines(articles.to_pylist()), "jsonl")
    assert len([path for path in found if path.startswith("2025/")]) > len(articles)
    return found


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "lz4"])
@pytest.mark.parametrize("layout", [{"version": "1.0", "use_dictionary": False}, {"data_page_version": "2.0", "row_group_size": 7}])
def test_a_site_is_made_of_a_table_of_any_packing(compression, layout, articles, expected, tmp_path):
    def write(tables):
        pq.write_table(articles, tables / "articles.parquet", compression=compression, **layout)

    assert site_of(tmp_path, write) == expected


def test_columns_may_have_the_types_that_other_programs_give_them(articles, expected, tmp_path):
    columns = {name: articles[name] for name in articles.column_names if name not in ("paragraphs", "error")}
    columns["date"] = columns["date"].cast(pa.timestamp("us"))
    columns["title"] = columns["title"].cast(pa.large_string())
    columns["paper"] = columns["paper"].dictionary_encode()
    columns["page"] = columns["page"].cast(pa.float64())
    columns["issue"] = columns["issue"].cast(pa.int32())
    columns["authors"] = columns["authors"].cast(pa.large_list(pa.large_string()))
    columns["further"] = pa.array([[1]] * len(articles))

    def write(tables):
        pq.write_table(pa.table(columns), tables / "articles.parquet")

    assert site_of(tmp_path, write) == expected


def test_papers_and_years_may_be_folders(articles, expected, tmp_path):
    folders = ds.partitioning(pa.schema([("paper", pa.string()), ("year", pa.int64())]), flavor="hive")

    def write(tables):
        ds.write_dataset(articles.append_column("year", pc.year(articles["date"])), tables, format="parquet", partitioning=folders)

    assert site_of(tmp_path, write) == expected


def test_what_is_exported_is_read(tmp_path):
    for form in ("jsonl", "parquet"):
        program("export", form, "--root", PROJECT, "-o", tmp_path / form)
    names = sorted(file.stem for file in (tmp_path / "parquet").iterdir())
    assert names == ["articles", "figures", "paragraphs", "people", "places"]
    for name in names:
        table = pq.read_table(tmp_path / f"parquet/{name}.parquet")
        lines = (tmp_path / f"jsonl/{name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert without_null(table.to_pylist()) == without_null([json.loads(line) for line in lines])
        assert table.num_rows == len(lines) > 0 and table.schema.field("file").type == pa.string()

"""A table of newspaper pages → a table of articles, by an expression of Polars.

    python python/examples/polars_expression.py PAGES ARTICLES [--settings site.toml]

PAGES is Parquet with the columns `id`, and `text` or `path`; `name`, `paper`, `date`, `page`, `issue` and `sidecar` are used where there
are. The table is streamed: it may be larger than the memory. A page that cannot be read is a row with `error`.
"""

import argparse

import polars as pl
import pyarrow as pa

import wenzhai

SPLIT_PAGE = pl.Struct(pl.from_arrow(wenzhai.schema().empty_table()).schema)


def split_page(splitter: wenzhai.Splitter, *columns: str) -> pl.Expr:
    """What a page becomes, of columns with the names of the arguments of `wenzhai.split`."""

    def split(pages: pl.Series) -> pl.Series:
        batch = pa.RecordBatch.from_struct_array(pages.to_arrow())
        return pl.from_arrow(splitter.split_batch(batch)).to_struct(pages.name)

    return pl.struct(columns).map_batches(split, return_dtype=SPLIT_PAGE, is_elementwise=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("articles")
    parser.add_argument("--settings", help="a site.toml with themes, papers and rules of filing")
    arguments = parser.parse_args()
    pages = pl.scan_parquet(arguments.pages)
    columns = [name for name in pages.collect_schema() if name != "id"]
    page = split_page(wenzhai.Splitter(arguments.settings), *columns).alias("page")
    split = pages.select("id", page).unnest("page").select("id", "articles", "error")
    articles = split.explode("articles").filter(pl.col("articles").is_not_null() | pl.col("error").is_not_null())
    articles.unnest("articles").sink_parquet(arguments.articles)


if __name__ == "__main__":
    main()

"""A table of newspaper pages → a table of articles, on Ray Data.

    python python/examples/ray_data.py PAGES ARTICLES [--issues] [--settings site.toml]

PAGES is Parquet with the columns `text` or `path`; `id`, `name`, `paper`, `date`, `page`, `issue` and `sidecar` are used where there are.
With --issues, which needs `paper`, `date` and `page`, articles that go on on another page of their issue are joined. A page that cannot
be read is a row with `error`.
"""

import argparse

import pyarrow as pa
import ray

import wenzhai


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("articles")
    parser.add_argument("--issues", action="store_true", help="join articles that go on on another page of their issue")
    parser.add_argument("--settings", help="a site.toml with themes, papers and rules of filing")
    arguments = parser.parse_args()
    splitter = wenzhai.Splitter(arguments.settings)

    def split(pages: pa.Table) -> pa.Table:
        return pa.Table.from_batches(splitter.split_batch(batch, articles=True) for batch in pages.to_batches())

    def split_issue(pages: pa.Table) -> pa.Table:
        (batch,) = pages.sort_by("page").combine_chunks().to_batches()
        return pa.Table.from_batches([splitter.split_batch(batch, articles=True, issues=True)])

    # a task has one processor: Ray runs as many at a time as there are
    ray.init(runtime_env={"env_vars": {"RAYON_NUM_THREADS": "1"}})
    pages = ray.data.read_parquet(arguments.pages)
    if arguments.issues:
        articles = pages.groupby(["paper", "date"]).map_groups(split_issue, batch_format="pyarrow")
    else:
        articles = pages.map_batches(split, batch_format="pyarrow", batch_size=100)
    articles.write_parquet(arguments.articles)


if __name__ == "__main__":
    main()

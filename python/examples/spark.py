"""A table of newspaper pages → a table of articles, on Spark.

    spark-submit python/examples/spark.py PAGES ARTICLES [--issues] [--settings site.toml]

PAGES is Parquet with the columns `paper` and `date`, and `text` or `path`; `id`, `name`, `page`, `issue` and `sidecar` are used where
there are. ARTICLES gets a folder for each paper and year. One with the file `_SUCCESS` is complete: a job that was killed and is
started again makes the others anew. With --issues, which needs the column `page`, articles that go on on another page of their paper and
day are joined. A page that cannot be read is a row with `error`.
"""

import argparse
import re
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
from pyspark.sql import Row, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

import wenzhai

# A task is a few seconds, so that none is left to run alone at the end; a batch is small, so that memory is.
PAGES_OF_A_TASK, PAGES_OF_A_BATCH = 1000, 500
# What the workers need: the engine's own tasks are what runs at the same time.
SETTINGS = {"spark.executorEnv.RAYON_NUM_THREADS": "1", "spark.sql.execution.arrow.maxRecordsPerBatch": str(PAGES_OF_A_BATCH)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("articles")
    parser.add_argument("--issues", action="store_true", help="join articles that go on on another page of their issue")
    parser.add_argument("--settings", help="a site.toml with themes, papers and rules of filing")
    arguments = parser.parse_args()
    spark = SparkSession.builder.appName("wenzhai").config(map=SETTINGS).getOrCreate()
    pages = spark.read.parquet(arguments.pages)
    if "year" not in pages.columns:
        pages = pages.withColumn("year", F.year("date"))
    splitter = wenzhai.Splitter(arguments.settings)
    ids = [field for field in pages.schema if field.name == "id"]
    schema = StructType([*ids, *spark.createDataFrame(wenzhai.schema(articles=True).empty_table()).schema])

    def split(batches):
        return (splitter.split_batch(batch, articles=True) for batch in batches)

    def split_issue(issue):
        (batch,) = issue.sort_by("page").combine_chunks().to_batches()
        return pa.Table.from_batches([splitter.split_batch(batch, articles=True, issues=True)])

    def split_part(part: Row) -> None:
        folder = f"{arguments.articles}/paper={folder_name(part.paper)}/year={folder_name(part.year)}"
        if exists(spark, f"{folder}/_SUCCESS"):
            return
        found = pages.where(F.col("paper").eqNullSafe(part.paper) & F.col("year").eqNullSafe(part.year))
        tasks = -(-part["count"] // PAGES_OF_A_TASK)
        if arguments.issues and part.year is not None:
            found = found.repartition(tasks, "date").groupBy("date").applyInArrow(split_issue, schema)
        else:
            found = found.repartition(tasks).mapInArrow(split, schema)
        found.write.mode("overwrite").parquet(folder)

    parts = pages.groupBy("paper", "year").count().orderBy(F.desc("count")).collect()
    with ThreadPoolExecutor(4) as jobs:
        list(jobs.map(split_part, parts))


def folder_name(value: object) -> str:
    """As Spark, Hive and others write a value in the name of a folder."""
    escaped = re.sub(r"[\x00-\x1f\x7f\"#%'*/:=?\\{}\[\]^]", lambda found: f"%{ord(found[0]):02X}", str(value))
    return "__HIVE_DEFAULT_PARTITION__" if value is None else escaped


def exists(spark: SparkSession, path: str) -> bool:
    file = spark._jvm.org.apache.hadoop.fs.Path(path)
    return file.getFileSystem(spark._jsc.hadoopConfiguration()).exists(file)


if __name__ == "__main__":
    main()

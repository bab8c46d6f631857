"""What the program makes of pages and tables, to compare with."""

import datetime
import json
import os
import subprocess
from pathlib import Path

PROJECT = Path(__file__).parents[2]
SETTINGS = PROJECT / "site.toml"
SAMPLE = sorted((PROJECT / "content/pages").glob("*.txt"))


def by_program(requests, *options):
    """What `wenzhai split` prints for requests."""
    program = os.environ["WENZHAI"]
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    command = [program, "split", *options]
    done = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", cwd=PROJECT / "python", check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def without_null(value):
    """What the program leaves out is null in a table, and the other way round."""
    if isinstance(value, dict):
        return {key: without_null(inner) for key, inner in value.items() if inner not in (None, [], False)}
    if isinstance(value, list):
        return [without_null(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def program(*arguments):
    subprocess.run([os.environ["WENZHAI"], *map(str, arguments)], check=True, timeout=300)


def site_of(folder, write, extension="parquet"):
    """The files of a site whose tables `write` puts into a folder."""
    tables = folder / "tables"
    tables.mkdir(parents=True)
    (folder / "content/articles").mkdir(parents=True)
    tables_of_it = f'[content]\narticles = "tables/**/*.{extension}"\n'
    (folder / "site.toml").write_text(SETTINGS.read_text(encoding="utf-8") + tables_of_it, encoding="utf-8")
    write(tables)
    program("build", "--root", folder)
    built = folder / "public"
    return {str(file.relative_to(built)): file.read_bytes() for file in built.rglob("*") if file.is_file()}


def json_lines(rows):
    """Writes rows as a table of JSON lines."""

    def write(tables):
        lines = [json.dumps(row, ensure_ascii=False, default=str) for row in rows]
        (tables / "articles.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")

    return write
